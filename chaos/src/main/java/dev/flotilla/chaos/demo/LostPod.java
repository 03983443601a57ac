package dev.flotilla.chaos.demo;

import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.crds.v1alpha1.MemberStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Somebody deletes a member's pod: the member comes back under its name, on its volume, with every
/// document.
final class LostPod {

  private static final Duration REQUESTED = Duration.ofSeconds(60);
  private static final Duration ACTIVE = Duration.ofSeconds(150);

  private final Stage stage;

  LostPod(Stage stage) {
    this.stage = stage;
  }

  /// Deletes the pod of the last member and follows it.
  Healing run(Progress.Phase phase) {
    Tenant tenant = stage.tenant();
    MemberStatus member = tenant.members().getLast();
    Pod before = tenant.pod(member.name()).require();
    String claim = tenant.claim(member).getMetadata().getUid();
    phase.detail(member.name() + " is deleted");
    CompletableFuture<List<Pod>> back =
        tenant.pods().informOnCondition(pods -> pods.stream().anyMatch(pod -> isNew(pod, before)));
    long lost = System.nanoTime();
    tenant.pod(member.name()).delete();
    if (Waits.within(REQUESTED, back).isEmpty()) {
      throw tenant.failure("nobody asked for a new pod " + member.name());
    }
    Duration requested = Duration.ofNanos(System.nanoTime() - lost);
    Pod after = awaitReady(tenant, before, phase);
    Duration active = Duration.ofNanos(System.nanoTime() - lost);
    requireSameVolume(tenant, member, claim, after);
    return new Healing(
        member.name(),
        before.getSpec().getNodeName(),
        after.getSpec().getNodeName(),
        claim,
        requested,
        active,
        documents(stage, phase));
  }

  /// Waits until the new pod is ready and the operator counts its member.
  static Pod awaitReady(Tenant tenant, Pod before, Progress.Phase phase) {
    String name = before.getMetadata().getName();
    try {
      Pod after =
          tenant
              .pod(name)
              .waitUntilCondition(
                  pod -> isNew(pod, before) && Readiness.getInstance().isReady(pod),
                  ACTIVE.toMillis(),
                  TimeUnit.MILLISECONDS);
      tenant.await(
          name + " is active again",
          ACTIVE,
          phase,
          status -> Tenant.member(status, name).filter(Tenant::isActive).isPresent());
      return after;
    } catch (KubernetesClientTimeoutException e) {
      throw tenant.failure(
          "the new pod " + name + " is not ready after " + ACTIVE.toSeconds() + " s");
    }
  }

  /// The claim is the same object, and the pod uses it.
  static void requireSameVolume(Tenant tenant, MemberStatus member, String claim, Pod after) {
    boolean same = tenant.claim(member).getMetadata().getUid().equals(claim);
    boolean used =
        after.getSpec().getVolumes().stream()
            .filter(volume -> volume.getPersistentVolumeClaim() != null)
            .anyMatch(
                volume -> volume.getPersistentVolumeClaim().getClaimName().equals(member.volume()));
    if (!same || !used) {
      throw tenant.failure("member " + member.name() + " came back on another volume");
    }
  }

  /// Counts the documents as soon as every shard has all its copies again.
  static long documents(Stage stage, Progress.Phase phase) {
    phase.detail("copies of shards catch up");
    try (TenantClient client = stage.tenant().connect()) {
      stage.dictionary().awaitCopies(client, stage.tenant().members().size());
      return stage.dictionary().verify(client);
    }
  }

  private static boolean isNew(@Nullable Pod pod, Pod before) {
    return pod != null
        && Objects.equals(pod.getMetadata().getName(), before.getMetadata().getName())
        && !Objects.equals(pod.getMetadata().getUid(), before.getMetadata().getUid());
  }
}
