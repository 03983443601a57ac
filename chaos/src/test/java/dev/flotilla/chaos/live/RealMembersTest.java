package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.Lab;
import dev.flotilla.chaos.lab.LocalCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// The operator with real kubelets and real Elasticsearch.
///
/// Takes about five minutes, nearly all of them starts of Elasticsearch. So two tenants are founded
/// once and shared: every test leaves them whole. The order only keeps them small for as long as
/// possible.
@Tag("cluster")
@ExtendWith({LocalCluster.class, Evidence.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealMembersTest implements Evidence.Witness {

  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private RealWorld world;

  /// Its operator was never disturbed.
  private RealTenant steady;

  /// Its operator ended three times.
  private RealTenant ended;

  private Map<String, Integer> createdUndisturbed;
  private Map<String, Integer> createdDisturbed;
  private String pictureUndisturbed;
  private String pictureDisturbed;

  @BeforeAll
  void found(Lab lab) throws IOException, InterruptedException {
    world = new RealWorld(lab);
    world.start();
    steady = world.tenant("live-steady");
    ended = world.tenant("live-ended");
    foundUndisturbed();
    foundDisturbed();
    steady.store();
    ended.store();
  }

  private void foundUndisturbed() {
    long mark = world.audit.mark();
    steady.create(3);
    steady.awaitReady(3);
    createdUndisturbed = created(mark, steady);
    pictureUndisturbed = new Picture(world.client, steady.ref()).text();
  }

  /// The operator ends after the first volume, then when it has just written down what was formed,
  /// and then between the end of a pod that has failed and the next one.
  private void foundDisturbed() throws IOException, InterruptedException {
    long mark = world.audit.mark();
    var firstVolume = new LastWrite(request -> request.is("POST", "persistentvolumeclaims"));
    world.start(firstVolume);
    ended.create(3);
    firstVolume.await(PATIENCE);
    world.end();
    assertThat(ended.claims()).hasSize(1);
    assertThat(ended.pods()).isEmpty();

    var formation =
        new LastWrite(
            request -> request.is("PATCH", "secrets") && request.path().endsWith("-tenant"));
    world.start(formation);
    formation.await(PATIENCE);
    world.end();

    var deletion = new LastWrite(request -> request.is("DELETE", "pods"));
    var failing = ended.pods().getFirst().getMetadata().getName();
    ended.fail(failing);
    world.start(deletion);
    deletion.await(PATIENCE);
    world.end();
    assertThat(ended.pods()).hasSizeBetween(2, 3);

    world.start();
    ended.awaitReady(3);
    createdDisturbed = created(mark, ended);
    pictureDisturbed = new Picture(world.client, ended.ref()).text();
  }

  /// What the operator made, by verb and resource.
  private Map<String, Integer> created(long mark, RealTenant tenant) {
    return AuditLog.count(
        world.audit.since(mark, tenant.ref().namespace()),
        request -> request.isByTheOperator() && request.code() == 201);
  }

  @Override
  public List<RealTenant> tenants() {
    return Stream.of(steady, ended).filter(Objects::nonNull).toList();
  }

  @AfterAll
  void end() throws IOException {
    world.close();
  }

  @Test
  @Order(1)
  @Tag("R41")
  void anOperatorThatEndedThreeTimesHasMadeWhatAnUndisturbedOneMakes() {
    var expected = new HashMap<>(createdUndisturbed);
    expected.merge("create pods", 1, Integer::sum); // for the one that failed

    assertThat(pictureDisturbed).isEqualTo(pictureUndisturbed);
    assertThat(createdDisturbed).isEqualTo(expected);
    assertThat(createdUndisturbed).containsEntry("create pods", 3);
  }
}
