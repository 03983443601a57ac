package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.chaos.admission.Manifest;
import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What the whole operator makes of resources that are wrong and were not refused: it says so in
/// their conditions, makes nothing of them, and goes on with everybody else.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputOnApiServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ApiWorld world;
  private Detour detour;
  private RunningOperator operator;
  private ClusterRef old;

  /// Some resources are stored before the rules exist that would refuse them, and before the
  /// operator starts.
  @BeforeAll
  void start() throws IOException, InterruptedException {
    world = ApiWorld.startWith(this::store);
    awaitRules();
    detour = new Detour(world.kubeconfig());
    operator = RunningOperator.start(detour, world.engine);
  }

  @AfterAll
  void end() throws IOException {
    boolean failed = operator.hasFailed();
    operator.close();
    detour.close();
    world.close();
    assertThat(failed).as("it failed by a fault of its own").isFalse();
  }

  private static List<Manifest> stored() {
    return Manifest.in("stored");
  }

  private void store(ApiWorld before) {
    old = before.place();
    stored().stream()
        .flatMap(manifest -> manifest.documents().stream())
        .forEach(document -> {
          var status = document.get("status");
          var stored = objects(before, document).resource(document).create();
          if (status != null) {
            stored.getAdditionalProperties().put("status", status);
            objects(before, document).resource(stored).updateStatus();
          }
        });
  }

  private NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>>
      objects(ApiWorld in, GenericKubernetesResource like) {
    return in.client
        .genericKubernetesResources(like.getApiVersion(), like.getKind())
        .inNamespace(old.namespace());
  }

  /// New rules are not in force at once.
  private void awaitRules() throws InterruptedException {
    var wrong = stored().getFirst().documents().getFirst();
    wrong.getMetadata().setName("another");
    world.until(old, () -> isRefused(wrong));
  }

  private boolean isRefused(GenericKubernetesResource document) {
    try {
      objects(world, document).resource(document).dryRun().create();
      return false;
    } catch (KubernetesClientException e) {
      return e.getCode() == 422;
    }
  }

  @Test
  void whatWasStoredBeforeARuleIsAnsweredAndHurtsNobody() throws InterruptedException {
    var good = world.place();

    world.apply(good, 3);

    world.until(good, () -> world.status(good).contains("Settled=TRUE"));
    for (Manifest manifest : stored()) {
      var name = manifest.documents().getLast().getMetadata().getName();
      world.until(old, () -> answer(name).isPresent());
      assertThat(answer(name).orElseThrow()).as(name).contains(manifest.expectations());
    }
    assertThat(made(old)).isEmpty();
  }

  /// Everything that is in a namespace and that an operator can make.
  private List<String> made(ClusterRef place) {
    var namespace = place.namespace();
    return Stream.of(
            world.client.pods().inNamespace(namespace).list().getItems(),
            world.client.persistentVolumeClaims().inNamespace(namespace).list().getItems(),
            world.client.secrets().inNamespace(namespace).list().getItems(),
            world.client.services().inNamespace(namespace).list().getItems(),
            world.client.configMaps().inNamespace(namespace).list().getItems(),
            world
                .client
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace)
                .list()
                .getItems(),
            world
                .client
                .genericKubernetesResources("flotilla.dev/v1alpha1", "DatabasePool")
                .inNamespace(namespace)
                .list()
                .getItems())
        .flatMap(List::stream)
        .map(object -> object.getKind() + " " + object.getMetadata().getName())
        .filter(object -> !object.equals("ConfigMap kube-root-ca.crt"))
        .toList();
  }

  /// What is said of a rejected specification. The API server takes no status for an object that
  /// does not fit its schema; then an event has to say it.
  private Optional<String> answer(String name) {
    return accepted(name)
        .filter(condition -> condition.path("reason").asText().equals("SpecRejected"))
        .filter(condition -> condition.path("status").asText().equals("False"))
        .map(condition -> condition.path("message").asText())
        .or(() -> event(name));
  }

  private Optional<String> event(String name) {
    return world
        .client
        .events()
        .v1()
        .events()
        .inNamespace(old.namespace())
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getRegarding().getName().equals(name))
        .filter(event -> event.getReason().equals("SpecRejected"))
        .map(event -> event.getNote())
        .findFirst();
  }

  private Optional<JsonNode> accepted(String name) {
    var cluster =
        world
            .client
            .resources(RawCluster.class)
            .inNamespace(old.namespace())
            .withName(name)
            .require();
    JsonNode conditions = JSON.valueToTree(cluster.getStatus()).path("conditions");
    return conditions
        .valueStream()
        .filter(condition -> condition.path("type").asText().equals("Accepted"))
        .findFirst();
  }
}
