package dev.flotilla.chaos.live;

import static dev.flotilla.chaos.live.ApiWorld.uids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.chaos.admission.Manifest;
import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What the whole operator makes of resources that are wrong, or that ask for what cannot be had,
/// and were not refused: it says so in their conditions, makes nothing of them, keeps what is
/// there, and goes on with everybody else.
///
/// Takes more than a minute: after a refused write it waits half of one.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputOnApiServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String STORAGE_CLASS =
      """
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: fast}
      provisioner: example.org/none
      volumeBindingMode: WaitForFirstConsumer
      """;

  private static final String FAST =
      """
      apiVersion: flotilla.dev/v1alpha1
      kind: DatabaseCluster
      metadata: {name: search}
      spec:
        engine: {type: Elasticsearch, version: 9.5.3}
        topology: {zones: [a, b, c]}
        pools: [{name: data, instances: %d, storage: {size: 1Gi, storageClassName: fast}}]
      """;

  private static final String OTHER_IMAGE =
      """
      apiVersion: flotilla.dev/v1alpha1
      kind: DatabaseCluster
      metadata: {name: search}
      spec:
        engine: {type: Elasticsearch, version: 9.5.3, image: "%s"}
        topology: {zones: [a, b, c]}
        pools: [{name: data, instances: 4, storage: {size: 1Gi}}]
      """;

  private static final String QUOTA =
      """
      apiVersion: v1
      kind: ResourceQuota
      metadata: {name: few}
      spec: {hard: {pods: "3"}}
      """;

  private ApiWorld world;
  private DetouredOperator own;
  private ClusterRef old;

  /// Some resources are stored before the rules exist that would refuse them, and before the
  /// operator starts.
  @BeforeAll
  void start() throws IOException, InterruptedException {
    world = ApiWorld.startWith(this::store);
    awaitRules();
    own = DetouredOperator.on(world);
  }

  @AfterAll
  void end() throws IOException {
    try (var _ = world;
        var _ = own) {
      // ends what was started; what was not is null
    }
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
  @Tag("V1")
  @Tag("V6")
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

  @Test
  @Tag("V7")
  void aStorageClassIsWaitedForBeforeTheFirstMemberAndBeforeTheNext() throws InterruptedException {
    var place = world.place();

    world.apply(place, FAST.formatted(3));
    world.until(place, () -> world.status(place).contains("StorageClassMissing"));
    assertThat(made(place)).isEmpty();

    world.client.resource(STORAGE_CLASS).create();
    world.settle(place, 3);
    var pods = uids(world.pods(place));
    var claims = uids(world.claims(place));
    world.client.resource(STORAGE_CLASS).delete();
    world.apply(place, FAST.formatted(4));
    world.until(place, () -> world.status(place).contains("StorageClassMissing"));
    assertThat(uids(world.pods(place))).isEqualTo(pods);
    assertThat(uids(world.claims(place))).isEqualTo(claims);

    world.client.resource(STORAGE_CLASS).create();
    world.settle(place, 4);
    assertThat(uids(world.pods(place))).containsAllEntriesOf(pods);
    assertThat(uids(world.claims(place))).containsAllEntriesOf(claims);
  }

  /// First it is gone, then it comes back without the key that signs certificates.
  @Test
  @Tag("V7")
  void aSecretThatIsGoneOrIncompleteIsWaitedForAndNeverMadeAnew() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    var pods = uids(world.pods(place));
    var secret = world.client.secrets().inNamespace(place.namespace()).withName("search-tenant");
    var whole = secret.get();

    secret.delete();
    world.until(place, () -> said(place).contains("The Secret search-tenant is gone"));
    assertThat(secret.get()).isNull();

    restore(whole, "ca.key");
    world.apply(place, 4);
    world.until(place, () -> said(place).contains("ca.key"));
    assertThat(world.status(place)).contains("SecretMissing");
    assertThat(uids(world.pods(place))).isEqualTo(pods);

    secret.delete();
    restore(whole, "nothing");
    world.settle(place, 4);
    assertThat(uids(world.pods(place))).containsAllEntriesOf(pods);
    assertThat(secret.get().getData()).isEqualTo(whole.getData());
  }

  private void restore(Secret secret, String without) {
    world
        .client
        .resource(
            new SecretBuilder(secret)
                .editMetadata()
                .withResourceVersion(null)
                .withUid(null)
                .withManagedFields(List.of())
                .endMetadata()
                .removeFromData(without)
                .build())
        .create();
  }

  @Test
  @Tag("V10")
  void anImageThatCannotBeHadCostsNobodyAndIsGoneOnceItIsTakenBack() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    var pods = uids(world.pods(place));

    world.apply(place, OTHER_IMAGE.formatted(FakeKubelets.MISSING_IMAGE));
    world.until(place, () -> world.status(place).contains("ImageUnavailable"));
    assertThat(uids(world.pods(place))).hasSize(4).containsAllEntriesOf(pods);

    world.ready(place, 4);
    assertThat(uids(world.pods(place))).hasSize(4).containsAllEntriesOf(pods);
  }

  @Test
  @Tag("V10")
  void aQuotaThatIsUsedUpCostsNobodyAndIsNoticedOnceItIsRaised() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    var pods = uids(world.pods(place));
    var quota = world.client.resourceQuotas().inNamespace(place.namespace()).withName("few");
    world.client.resource(QUOTA).inNamespace(place.namespace()).create();
    quota.waitUntilCondition(it -> "3".equals(used(it)), 30, TimeUnit.SECONDS);

    world.apply(place, 4);
    world.until(place, () -> world.status(place).contains("WriteRefused"));
    assertThat(said(place)).contains("exceeded quota: few");
    assertThat(uids(world.pods(place))).isEqualTo(pods);

    quota.delete();
    world.settle(place, 4);
    assertThat(uids(world.pods(place))).containsAllEntriesOf(pods);
  }

  private static String used(ResourceQuota quota) {
    return quota.getStatus().getUsed() == null
        ? ""
        : String.valueOf(quota.getStatus().getUsed().get("pods"));
  }

  /// What all conditions say.
  private String said(ClusterRef place) {
    return conditions(place)
        .valueStream()
        .map(condition -> condition.path("message").asText())
        .collect(Collectors.joining("\n"));
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

  private JsonNode conditions(ClusterRef place) {
    var cluster =
        world
            .client
            .resources(RawCluster.class)
            .inNamespace(place.namespace())
            .withName(place.name())
            .require();
    return JSON.valueToTree(cluster.getStatus()).path("conditions");
  }

  private Optional<JsonNode> accepted(String name) {
    return conditions(new ClusterRef(old.namespace(), name))
        .valueStream()
        .filter(condition -> condition.path("type").asText().equals("Accepted"))
        .findFirst();
  }
}
