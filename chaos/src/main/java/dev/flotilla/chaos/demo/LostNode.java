package dev.flotilla.chaos.demo;

import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.crds.v1alpha1.MemberStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A node loses power. Its member is not started a second time while nobody knows what became of
/// the node; once the node is declared out of service, it comes back on the zone's other node.
final class LostNode {

  /// How long it is watched that nothing is doubled.
  static final Duration WATCHED = Duration.ofSeconds(15);

  private static final Duration NOTICED = Duration.ofSeconds(120);
  private static final Duration BACK = Duration.ofSeconds(120);
  private static final int ATTEMPTS = 5;
  private static final Taint OUT_OF_SERVICE =
      new TaintBuilder()
          .withKey("node.kubernetes.io/out-of-service")
          .withValue("nodeshutdown")
          .withEffect("NoExecute")
          .build();

  private final Stage stage;
  private final MemberStatus member;
  private final String node;
  private final Pod before;
  private final String claim;

  /// Chooses a node that has a member.
  ///
  /// @param spared nodes that it does not choose
  LostNode(Stage stage, Set<String> spared) {
    this.stage = stage;
    Tenant tenant = stage.tenant();
    member =
        tenant.members().stream()
            .filter(candidate -> candidate.node() != null && !spared.contains(candidate.node()))
            .findFirst()
            .orElseThrow(
                () -> tenant.failure("every member shares a node with the operator or its store"));
    before = tenant.pod(member.name()).require();
    node = before.getSpec().getNodeName();
    claim = tenant.claim(member).getMetadata().getUid();
  }

  String node() {
    return node;
  }

  String member() {
    return member.name();
  }

  /// Switches the node off and waits until the operator says that it knows nothing of the member.
  void cut(Progress.Phase phase) {
    stage.lab().powerOff(node);
    phase.detail(node + " is off; waiting until Kubernetes notices");
    stage
        .tenant()
        .await(
            "member " + member.name() + " is reported with reason NodeUnknown",
            NOTICED,
            phase,
            status ->
                Tenant.member(status, member.name())
                    .filter(found -> Reason.NODE_UNKNOWN.id().equals(found.reason()))
                    .isPresent());
  }

  /// Watches for a stated time that no further pod appears, and counts the documents meanwhile.
  ///
  /// @return how many documents are served without the node
  long watch(Progress.Phase phase) {
    Tenant tenant = stage.tenant();
    phase.detail("watching for " + WATCHED.toSeconds() + " s that nothing is doubled");
    Set<String> known =
        tenant.pods().list().getItems().stream()
            .map(pod -> pod.getMetadata().getUid())
            .collect(Collectors.toUnmodifiableSet());
    CompletableFuture<List<Pod>> doubled =
        tenant
            .pods()
            .informOnCondition(
                pods -> pods.stream().anyMatch(pod -> !known.contains(pod.getMetadata().getUid())));
    if (Waits.within(WATCHED, doubled).isPresent()) {
      throw tenant.failure(
          "a second pod was started while nobody knew whether " + member.name() + " still runs");
    }
    try (TenantClient client = tenant.connect()) {
      stage.dictionary().awaitServed(client);
      return stage.dictionary().verify(client);
    }
  }

  /// Declares the node out of service, as an administrator does who has seen that it is off.
  Healing declare(Progress.Phase phase) {
    Tenant tenant = stage.tenant();
    long declared = System.nanoTime();
    change(taints -> {
      taints.add(OUT_OF_SERVICE);
      return taints;
    });
    phase.detail(node + " is declared out of service");
    CompletableFuture<List<Pod>> requested =
        tenant.pods().informOnCondition(pods -> pods.stream().anyMatch(this::isNewBody));
    if (Waits.within(BACK, requested).isEmpty()) {
      throw tenant.failure("nobody asked for a new pod " + member.name());
    }
    Duration asked = Duration.ofNanos(System.nanoTime() - declared);
    Pod after = LostPod.awaitReady(tenant, before, phase);
    Duration active = Duration.ofNanos(System.nanoTime() - declared);
    LostPod.requireSameVolume(tenant, member, claim, after);
    String nodeAfter = after.getSpec().getNodeName();
    if (nodeAfter.equals(node)) {
      throw tenant.failure("member " + member.name() + " came back on a node that is off");
    }
    long documents = LostPod.documents(stage, phase);
    return new Healing(member.name(), node, nodeAfter, claim, asked, active, documents);
  }

  /// Switches the node on again and takes the declaration back.
  void repair(Progress.Phase phase) {
    stage.lab().powerOn(node);
    phase.detail(node + " is on; waiting until it is ready");
    stage
        .client()
        .nodes()
        .withName(node)
        .waitUntilCondition(
            found -> found != null && Readiness.getInstance().isReady(found),
            BACK.toMillis(),
            TimeUnit.MILLISECONDS);
    change(taints -> {
      taints.removeIf(taint -> taint.getKey().equals(OUT_OF_SERVICE.getKey()));
      return taints;
    });
  }

  private boolean isNewBody(Pod pod) {
    return pod.getMetadata().getName().equals(member.name())
        && !pod.getMetadata().getUid().equals(before.getMetadata().getUid());
  }

  /// Kubernetes changes taints of a silent node at the same time, so only the list that was read is
  /// replaced.
  private void change(UnaryOperator<List<Taint>> edit) {
    for (int attempt = 1; ; attempt++) {
      Node found = stage.client().nodes().withName(node).require();
      List<Taint> taints = edit.apply(new ArrayList<>(found.getSpec().getTaints()));
      try {
        stage
            .client()
            .resource(new NodeBuilder(found).editSpec().withTaints(taints).endSpec().build())
            .lockResourceVersion(found.getMetadata().getResourceVersion())
            .update();
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
