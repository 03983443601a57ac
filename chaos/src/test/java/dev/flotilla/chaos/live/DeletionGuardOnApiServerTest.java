package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flotilla.chaos.lab.ConfirmedDeletion;
import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// What a real API server says to whoever deletes a database that holds data, its namespace or its
/// definition; and what the operator does where that was not asked.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeletionGuardOnApiServerTest {

  private static final String ANNOTATION = "flotilla.dev/confirm-delete";
  private static final Pattern COMMAND =
      Pattern.compile("kubectl annotate .* --overwrite " + ANNOTATION + "=([^ ]+/[-0-9a-f]+)");

  private ApiWorld world;
  private DetouredOperator own;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    world = ApiWorld.start();
    own = DetouredOperator.on(world);
  }

  @AfterAll
  void end() throws IOException {
    try (var _ = world;
        var _ = own) {
      // ends what was started; what was not is null
    }
  }

  @Test
  @Order(1)
  @Tag("D3")
  void whatHoldsDataIsDeletedByItsNameAndUidAlone() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    var pods = ApiWorld.uids(world.pods(place));
    var claims = ApiWorld.uids(world.claims(place));

    assertThat(refusal(() -> database(place).delete())).contains("search holds data");
    assertThat(refusal(() -> deleteCollection(place))).contains("search holds data");
    assertThat(refusal(() -> deleteNamespace(place)))
        .contains("namespace " + place.namespace() + " has database search");
    annotate(place, "search");
    assertThat(refusal(() -> database(place).delete())).contains("search holds data");
    annotate(place, "search/another-uid");
    assertThat(refusal(() -> database(place).delete())).contains("search holds data");
    assertThat(refusal(() -> deleteNamespace(place))).contains("its volumes would go");

    world.quiet(place);
    assertThat(database(place).get().isMarkedForDeletion()).isFalse();
    assertThat(world.client.namespaces().withName(place.namespace()).get().isMarkedForDeletion())
        .isFalse();
    assertThat(ApiWorld.uids(world.pods(place))).isEqualTo(pods);

    // As the message says.
    annotate(place, offered(refusal(() -> database(place).delete())));
    database(place).delete();
    world.until(place, () -> database(place).get() == null);

    assertThat(world.pods(place)).isEmpty();
    assertThat(ApiWorld.uids(world.claims(place))).isEqualTo(claims);
    deleteNamespace(place);
    assertThat(world.client.namespaces().withName(place.namespace()).get())
        .satisfiesAnyOf(
            namespace -> assertThat(namespace).isNull(),
            namespace -> assertThat(namespace.isMarkedForDeletion()).isTrue());
  }

  /// Nobody has to confirm what never held anything. No kubelet is played here, so no engine forms.
  @Test
  @Order(2)
  @Tag("D3")
  void whatWasNeverFormedGoesWithoutAWord() throws InterruptedException {
    var place = world.place();
    world.apply(place, 3);
    world.quiet(place);
    assertThat(world.pods(place)).isNotEmpty();

    database(place).delete();
    database(place).waitUntilCondition(Objects::isNull, 30, TimeUnit.SECONDS);

    assertThat(world.pods(place)).isEmpty();
  }

  /// Kubernetes removes the objects of a definition without asking any policy: the operator is the
  /// one that stops nothing then.
  @Test
  @Order(3)
  @Tag("D3")
  void whatGoesWithItsDefinitionIsStoppedOnlyIfItIsConfirmed() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    var pods = ApiWorld.uids(world.pods(place));

    var refusal = refusal(() -> definition().delete());
    assertThat(refusal).contains("every object of that kind would go");
    var confirmed = offered(refusal);
    definition()
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            ConfirmedDeletion.annotation(definition().get()));
    assertThat(definition().get().getMetadata().getAnnotations())
        .containsEntry(ANNOTATION, confirmed);
    definition().delete();
    world.until(place, () -> world.status(place).contains("DeletionBlocked=TRUE"));

    world.quiet(place);
    assertThat(database(place).get().isMarkedForDeletion()).isTrue();
    assertThat(world.status(place)).contains("DeletionBlocked=TRUE DeletionUnconfirmed");
    assertThat(ApiWorld.uids(world.pods(place))).isEqualTo(pods);
    assertThat(events(place)).isEqualTo(1);

    ConfirmedDeletion.confirm(world.client, place.namespace());
    world.until(place, () -> world.pods(place).isEmpty());
  }

  private Resource<RawCluster> database(ClusterRef place) {
    return world
        .client
        .resources(RawCluster.class)
        .inNamespace(place.namespace())
        .withName(place.name());
  }

  private Resource<CustomResourceDefinition> definition() {
    return world
        .client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("databaseclusters.flotilla.dev");
  }

  private void deleteCollection(ClusterRef place) {
    var _ =
        world.client.raw(
            "/apis/flotilla.dev/v1alpha1/namespaces/%s/databaseclusters"
                .formatted(place.namespace()),
            "DELETE",
            Map.of());
  }

  private void deleteNamespace(ClusterRef place) {
    world.client.namespaces().withName(place.namespace()).delete();
  }

  private void annotate(ClusterRef place, String confirmation) {
    database(place)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(ANNOTATION, confirmation));
  }

  private static String refusal(Runnable act) {
    var refused = catchThrowableOfType(KubernetesClientException.class, act::run);
    assertThat(refused).isNotNull();
    assertThat(refused.getCode()).isEqualTo(403);
    return Optional.ofNullable(refused.getMessage()).orElse("");
  }

  /// What the message tells to write.
  private static String offered(String message) {
    var command = COMMAND.matcher(message);
    assertThat(command.find()).as(message).isTrue();
    return command.group(1);
  }

  private long events(ClusterRef place) {
    return world
        .client
        .events()
        .v1()
        .events()
        .inNamespace(place.namespace())
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getReason().equals("DeletionUnconfirmed"))
        .count();
  }
}
