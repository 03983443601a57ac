package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flotilla.chaos.lab.ConfirmedDeletion;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What is left of a database on a real API server: its volumes say until when they are kept, and
/// end then, although nothing else is left of it.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VolumesOnApiServerTest {

  private static final String UNTIL = "flotilla.dev/retained-until";

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
  @Tag("D2")
  void whatADatabaseLeavesIsKeptForItsTimeAndEndsOneByOne()
      throws IOException, InterruptedException {
    var place = world.place();
    world.apply(
        place,
        ApiWorld.manifest(place.name(), 3)
            + "  volumes: {whenDeleted: {policy: RetainFor, retainHours: 2}}\n");
    world.settle(place, 3);
    assertThat(world.claims(place)).noneMatch(claim -> until(claim) != null);

    ConfirmedDeletion.confirm(world.client, place.namespace());
    var before = Instant.now();
    delete(place);
    world.until(place, () -> world.pods(place).isEmpty());
    world.quiet(place);
    assertThat(world.claims(place))
        .hasSize(3)
        .allSatisfy(claim ->
            assertThat(Instant.parse(until(claim)))
                .isBetween(
                    before.plus(Duration.ofHours(2)), Instant.now().plus(Duration.ofHours(2))));

    // Another operator goes by the claims alone.
    own.start();
    var claims = world.claims(place);
    say(claims.get(0), "forever");
    say(claims.get(1), Instant.now().plusSeconds(2).toString());
    world.until(place, () -> alive(place).size() == 2);
    world.quiet(place);
    assertThat(alive(place)).containsExactly(name(claims.get(0)), name(claims.get(2)));
    assertThat(until(world.claims(place).getFirst())).isNull();
  }

  /// Whatever the operator thinks: a claim that says nothing is not its own to end.
  @Test
  @Tag("D2")
  void theOperatorCannotDeleteAClaimThatSaysNothing() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    var claim = world.claims(place).getFirst();
    var config =
        new ConfigBuilder(world.client.getConfiguration())
            .withImpersonateUsername("system:serviceaccount:flotilla-system:operator")
            .build();
    try (var operator = new KubernetesClientBuilder().withConfig(config).build()) {
      var refused =
          catchThrowableOfType(
              KubernetesClientException.class, () -> operator.resource(claim).delete());
      assertThat(refused.getCode()).isEqualTo(403);
      assertThat(refused.getMessage()).contains("does not say that it may be deleted");
    }
  }

  private void delete(ClusterRef place) {
    world
        .client
        .genericKubernetesResources("flotilla.dev/v1alpha1", "DatabaseCluster")
        .inNamespace(place.namespace())
        .withName(place.name())
        .delete();
  }

  private void say(PersistentVolumeClaim claim, String word) {
    world
        .client
        .resource(claim)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"flotilla.dev/retain\":\"%s\"}}}".formatted(word));
  }

  private static String name(PersistentVolumeClaim claim) {
    return claim.getMetadata().getName();
  }

  private static String until(PersistentVolumeClaim claim) {
    return claim.getMetadata().getAnnotations().get(UNTIL);
  }

  private List<String> alive(ClusterRef place) {
    return world.claims(place).stream()
        .filter(claim -> claim.getMetadata().getDeletionTimestamp() == null)
        .map(VolumesOnApiServerTest::name)
        .toList();
  }
}
