package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.Zone;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What becomes of a drain when the database is wanted otherwise in the middle of it.
@Tag("V11")
class TransitionsTest extends DrainScene {

  private static final String NEXT_IMAGE = "registry.example/engine:9.5.3";

  /// After each number of rounds in turn the wish changes, three times there and back.
  @TestFactory
  Stream<DynamicTest> whoeverChangesHisMindAgainAndAgainHasWhatHeWantedLast() {
    return IntStream.rangeClosed(1, 12)
        .mapToObj(
            n -> DynamicTest.dynamicTest("every %d rounds".formatted(n), () -> new Flip().run(n)));
  }

  /// One of many, each with a bench of its own.
  private static final class Flip extends DrainScene {

    private void run(int rounds) {
      settle(7, 1);
      for (int n = 0; n < 3; n++) {
        bench.apply(Specs.of(5));
        rounds(rounds);
        assertThat(in(Stage.REMOVING)).hasSizeLessThanOrEqualTo(1);
        var givenUp = givenUp();
        bench.apply(Specs.of(7));
        rounds(rounds);
        assertThat(givenUp()).as("nobody else goes").isEqualTo(givenUp);
      }
      untilQuiet();

      assertThat(bench.cluster.pods(SEARCH)).hasSize(7);
      assertThat(in(Stage.DRAINING)).isEmpty();
      assertThat(in(Stage.REMOVING)).isEmpty();
      assertThat(bench.cluster.claims(SEARCH).stream().filter(claim -> claim.note().isPresent()))
          .as("volumes that speak of a drain")
          .hasSameSizeAs(in(Stage.REMOVED));
      assertWhole();
    }

    private Set<MemberName> givenUp() {
      var members = new HashSet<>(in(Stage.REMOVING));
      members.addAll(in(Stage.REMOVED));
      return members;
    }
  }

  /// More members, one more zone and another image at once: those who drained serve again, others
  /// are added, and then everybody gets the image, one after the other.
  @Test
  void muchAtOnceBringsBackWhoDrained() {
    settle(7, 1);
    var pods = uids("Pod");
    bench.apply(Specs.of(5));
    untilMarked();
    round();
    bench.cluster.addNode("d1", "d");

    bench.apply(withZone(Specs.withImage(Specs.of(9), NEXT_IMAGE), "d"));
    untilQuiet();

    assertThat(uids("Pod").keySet()).hasSize(9).containsAll(pods.keySet());
    assertThat(bench.cluster.pods(SEARCH))
        .extracting(pod -> pod.draft().template().image())
        .containsOnly(NEXT_IMAGE);
    assertThat(bench.cluster.pods(SEARCH))
        .filteredOn(pod -> pod.draft().member().slot().zone().name().equals("d"))
        .isNotEmpty();
    assertThat(in(Stage.REMOVED)).isEmpty();
    assertWhole();
  }

  /// Its volumes are taken up again, and with them what the engine was told.
  @Test
  void deletedInTheMiddleOfADrainAndMadeAgainItServesAsAWhole() {
    settle(7, 1);
    bench.apply(Specs.of(5));
    untilMarked();
    round();
    assertThat(in(Stage.DRAINING)).hasSize(2);
    var claims = uids("Claim");

    bench.delete();
    rounds(20);
    assertThat(bench.cluster.pods(SEARCH)).isEmpty();
    bench.apply(Specs.of(7));
    untilQuiet();

    assertThat(bench.cluster.pods(SEARCH)).hasSize(7);
    assertThat(uids("Claim")).as("the same volumes").isEqualTo(claims);
    assertThat(in(Stage.DRAINING)).isEmpty();
    assertWhole();
  }

  private static ClusterSpec withZone(ClusterSpec spec, String zone) {
    return new ClusterSpec(
        spec.engineVersion(),
        spec.image(),
        spec.config(),
        Stream.concat(spec.zones().stream(), Stream.of(new Zone(zone))).toList(),
        spec.forcedAwareness(),
        spec.retention(),
        spec.drain(),
        spec.pools());
  }
}
