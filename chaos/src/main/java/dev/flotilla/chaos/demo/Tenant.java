package dev.flotilla.chaos.demo;

import dev.flotilla.chaos.lab.LabFailure;
import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.crds.v1alpha1.Condition;
import dev.flotilla.crds.v1alpha1.ConditionStatus;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.crds.v1alpha1.EngineStatus;
import dev.flotilla.crds.v1alpha1.MemberStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One tenant's database as Kubernetes shows it.
public final class Tenant {

  private final KubernetesClient client;
  private final String namespace;
  private final String name;

  public Tenant(KubernetesClient client, String namespace, String name) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
  }

  String namespace() {
    return namespace;
  }

  String name() {
    return name;
  }

  /// As commands take it.
  String title() {
    return namespace + "/" + name;
  }

  Resource<DatabaseCluster> resource() {
    return client.resources(DatabaseCluster.class).inNamespace(namespace).withName(name);
  }

  /// The pods of its members.
  FilterWatchListDeletable<Pod, PodList, PodResource> pods() {
    return client.pods().inNamespace(namespace).withLabel("flotilla.dev/cluster", name);
  }

  /// A member's pod, which has the member's name.
  PodResource pod(String member) {
    return client.pods().inNamespace(namespace).withName(member);
  }

  /// The claim of a member's volume.
  PersistentVolumeClaim claim(MemberStatus member) {
    return Optional.ofNullable(
            client.persistentVolumeClaims().inNamespace(namespace).withName(member.volume()).get())
        .orElseThrow(() -> failure("member " + member.name() + " has no volume claim"));
  }

  /// The members as last reported.
  List<MemberStatus> members() {
    return Optional.ofNullable(resource().get())
        .map(DatabaseCluster::getStatus)
        .map(DatabaseClusterStatus::members)
        .orElse(List.of());
  }

  /// A client at the tenant's own address with the tenant's own log-in.
  public TenantClient connect() {
    URI address =
        Optional.ofNullable(resource().get())
            .map(DatabaseCluster::getStatus)
            .map(DatabaseClusterStatus::engine)
            .map(EngineStatus::address)
            .map(URI::create)
            .orElseThrow(() -> failure("the database reports no address"));
    return new TenantClient(address, logIn(), new ServiceResolver(client));
  }

  /// The tenant's own log-in.
  LogIn logIn() {
    return Optional.ofNullable(
            client.secrets().inNamespace(namespace).withName(name + "-tenant").get())
        .map(LogIn::of)
        .orElseThrow(() -> failure("there is no Secret " + name + "-tenant"));
  }

  /// Waits on a watch until the report satisfies a test, and tells on the way how far it is.
  ///
  /// @param what what is waited for, as the end of the sentence "gave up waiting until …"
  DatabaseClusterStatus await(
      String what, Duration deadline, Progress.Phase phase, Predicate<DatabaseClusterStatus> test) {
    try {
      DatabaseCluster cluster =
          resource()
              .waitUntilCondition(
                  found -> isCurrent(found) && passes(found, phase, test),
                  deadline.toMillis(),
                  TimeUnit.MILLISECONDS);
      return cluster.getStatus();
    } catch (KubernetesClientTimeoutException e) {
      throw failure("gave up after " + deadline.toSeconds() + " s waiting until " + what);
    }
  }

  /// Whether the report is about what is wanted now.
  private static boolean isCurrent(@Nullable DatabaseCluster cluster) {
    return cluster != null
        && cluster.getStatus() != null
        && cluster.getStatus().observedGeneration() >= cluster.getMetadata().getGeneration();
  }

  private static boolean passes(
      @Nullable DatabaseCluster cluster,
      Progress.Phase phase,
      Predicate<DatabaseClusterStatus> test) {
    if (cluster == null) {
      return false;
    }
    DatabaseClusterStatus status = cluster.getStatus();
    if (status.summary() != null) {
      phase.detail(status.summary().members() + " ready, " + status.summary().reason());
    }
    return test.test(status);
  }

  /// Whether a report says Ready with so many members, each of them active.
  static boolean isReady(DatabaseClusterStatus status, int members) {
    return condition(status, "Ready")
            .filter(ready -> ready.status() == ConditionStatus.TRUE)
            .isPresent()
        && status.members().size() == members
        && status.members().stream().allMatch(Tenant::isActive);
  }

  static boolean isActive(MemberStatus member) {
    return member.state().equals("Active");
  }

  /// The member of that name in a report.
  static Optional<MemberStatus> member(DatabaseClusterStatus status, String name) {
    return status.members().stream().filter(member -> member.name().equals(name)).findFirst();
  }

  private static Optional<Condition> condition(DatabaseClusterStatus status, String type) {
    return status.conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .findFirst();
  }

  /// A failure that sends the reader to the database's own report.
  LabFailure failure(String what) {
    return new LabFailure(what, "./flotilla status " + title());
  }
}
