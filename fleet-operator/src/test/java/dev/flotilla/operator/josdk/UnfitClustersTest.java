package dev.flotilla.operator.josdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.bench.ManualTime;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Passes beside the queue: as many as are due, however often a cluster was looked at.
class UnfitClustersTest {

  private static final ClusterRef OLD = new ClusterRef("shop", "old");
  private static final Duration LATER = Duration.ofSeconds(30);

  private final ManualTime time = new ManualTime();
  private final List<ClusterRef> passes = new ArrayList<>();
  private final UnfitClusters unfit =
      new UnfitClusters(
          time,
          cluster -> {
            passes.add(cluster);
            return Optional.of(LATER);
          });

  /// The API server refuses its status every time, so that it is always due again.
  @Test
  void beingWokenOftenMakesNoMorePassesLater() {
    unfit.add(OLD, resource("uid-1", 1));
    for (int i = 0; i < 10; i++) {
      unfit.wake(OLD);
      time.advance(Duration.ofSeconds(1));
    }
    passes.clear();

    time.advance(LATER.multipliedBy(10));

    assertThat(passes).hasSize(10);
  }

  @Test
  void beingWokenRunsThePassThatWasDueLater() {
    unfit.add(OLD, resource("uid-1", 1));
    time.advance(Duration.ofSeconds(1));
    assertThat(passes).hasSize(1);

    unfit.wake(OLD);
    time.advance(Duration.ofSeconds(1));
    assertThat(passes).hasSize(2);
    time.advance(LATER.minusSeconds(2));
    assertThat(passes).as("the one that was due before").hasSize(2);
  }

  /// Or what happened while a pass ran would wait for the next one.
  @Test
  void beingWokenInAPassIsNotLost() {
    var woken = new ArrayList<UnfitClusters>();
    var count = new ArrayList<ClusterRef>();
    woken.add(
        new UnfitClusters(
            time,
            cluster -> {
              count.add(cluster);
              if (count.size() == 1) {
                woken.getFirst().wake(cluster);
              }
              return Optional.of(LATER);
            }));
    woken.getFirst().add(OLD, resource("uid-1", 1));

    time.advance(Duration.ofSeconds(1));

    assertThat(count).hasSize(2);
  }

  @Test
  void oneThatFitsAgainIsLeftToTheQueue() {
    unfit.add(OLD, resource("uid-1", 1));
    unfit.remove(OLD);

    time.advance(LATER);

    assertThat(passes).isEmpty();
    assertThat(unfit.contains(OLD)).isFalse();
  }

  /// A new resource of the same name begins with generation 1, too.
  @Test
  void anotherResourceOfItsNameIsNotTheOneThatDidNotFit() {
    unfit.add(OLD, resource("uid-1", 1));

    assertThat(unfit.contains(OLD, resource("uid-1", 1))).isTrue();
    assertThat(unfit.contains(OLD, resource("uid-1", 2))).isFalse();
    assertThat(unfit.contains(OLD, resource("uid-2", 1))).isFalse();
  }

  private static ObjectMeta resource(String uid, long generation) {
    return new ObjectMetaBuilder().withUid(uid).withGeneration(generation).build();
  }
}
