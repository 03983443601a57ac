package dev.flotilla.operator.core.address;

import static dev.flotilla.operator.core.Drawing.plan;
import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.Drawing;
import dev.flotilla.operator.core.plan.Planner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A pod ends when its clients have been elsewhere for a while.
@Tag("BK8-2")
class ClientsElsewhereTest {

  private static final String GIVEN_UP =
      """
      pool data wants 5
      a: a1 a2
      b: b1 b2
      c: c1 c2[removing, noted, marked, empty]
      empties
      """;

  private static final String DUE =
      """
      pool data wants 6
      a: a1 a2
      b: b1[old] b2
      c: c1 c2
      """;

  @Test
  void nobodyWasTold() {
    assertThat(plan(GIVEN_UP.replaceAll("removing.*empty", "old"), GIVEN_UP))
        .contains(
            "Apply Endpoints ready=5 of=6", "hold reason=Draining member=c2 by=ClientsElsewhere")
        .doesNotContain("DeletePod");
  }

  @ParameterizedTest
  @ValueSource(strings = {GIVEN_UP, DUE})
  void theyWereToldAMomentAgo(String text) {
    var view = situation(text + "left 4");

    assertThat(plan(text + "left 4"))
        .contains("by=ClientsElsewhere")
        .doesNotContain("DeletePod", "RestartPod", "Apply Endpoints");
    assertThat(Planner.plan(view).wake()).contains(Drawing.NOW.plusSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {GIVEN_UP, DUE})
  void theyHadTime(String text) {
    assertThat(plan(text + "left 5"))
        .containsAnyOf("DeletePod member=c2", "RestartPod member=b1")
        .doesNotContain("ClientsElsewhere");
  }

  /// Nobody is sent there.
  @Test
  void aPodThatIsNotReadyIsNotWaitedFor() {
    assertThat(plan(GIVEN_UP.replace("empty]", "empty, starting]") + "left 0"))
        .contains("DeletePod member=c2");
  }

  /// Of a list that cannot be read nobody knows what it says.
  @Test
  void withoutAListNobodyWasTold() {
    assertThat(plan(GIVEN_UP + "bare")).contains("by=ClientsElsewhere").doesNotContain("DeletePod");
  }
}
