package dev.flotilla.operator.core.drain;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A member that is not emptied goes only as the body that a person named, and only if it is away.
@Tag("D4")
class NamedTargetTest {

  private static final String ASKED =
      """
      pool data wants 3
      a: a1
      b: b1
      c: c1[starting]
      asked c1 gives up pod-of-c1
      engine yellow
      empties missing 1
      """;

  private static final String BEGUN =
      """
      pool data wants 3
      a: a1
      b: b1
      c: c1[starting, drains, given up, noted, marked]
      asked c1 gives up pod-of-c1
      engine yellow
      empties missing 1
      """;

  private static final String GIVE_UP = "GiveUp member=c1 reason=Draining rule=ContinueDrains";

  /// The last of its zone, with a copy that is nowhere, and nobody was asked where it could go.
  @Test
  void itBeginsAlthoughCopiesAreMissing() {
    assertThat(plan(ASKED))
        .contains("Commit drains=c1:DRAINING reason=DrainSkipped rule=BeginRequested");
    assertThat(plan(ASKED.replace(" gives up pod-of-c1", ""))).doesNotContain("Commit drains");
  }

  @Test
  void itIsGivenUpAlthoughItWasNeverEmpty() {
    assertThat(plan(BEGUN)).contains(GIVE_UP);
    assertThat(plan(BEGUN.replace("given up", "asked"))).doesNotContain("GiveUp");
  }

  /// Another body, and one that is in the engine.
  @ParameterizedTest
  @ValueSource(strings = {"up pod-of-c1 -> up pod-of-c9", "c1[starting] -> c1"})
  void whatDoesNotFitIsNotBegun(String change) {
    var words = change.split(" -> ");

    assertThat(plan(ASKED.replace(words[0], words[1]))).doesNotContain("Commit drains");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          engine yellow -> engine silent               | hold reason=EngineUnreadable member=c1 by=OthersWell
          b: b1 -> b: b1[no pod]                        | hold reason=Healing member=c1 by=OthersWell
          b: b1 -> b: b1[not joined]                    | hold reason=Healing member=c1 by=OthersWell
          empties missing 1 -> empties missing 1 once   | hold reason=Draining member=c1 by=NoShardsLeft
          b: b1 -> b: b1\\nstale                         | hold reason=StaleView member=c1 by=FreshView
          a: a1 -> a: a1\\nfleet 30 given-up 5 members 40 | hold reason=BreakerOpen member=c1 by=MemberBreaker
          """)
  void othersAreProtectedAsEver(String change, String hold) {
    var words = change.split(" -> ");
    var text = BEGUN.replace(words[0], words[1].replace("\\n", "\n"));

    assertThat(plan(text)).contains(hold).doesNotContain("GiveUp");
  }

  /// It came back, or it is another body by now.
  @ParameterizedTest
  @ValueSource(strings = {"c1[starting,  -> c1[", "given up -> given up, no pod"})
  void whatDoesNotFitAnyMoreIsTakenBack(String change) {
    var words = change.split(" -> ");

    assertThat(plan(BEGUN.replace(words[0], words[1])))
        .contains("Commit drains=c1:CANCELLING reason=DrainUndone rule=ContinueDrains")
        .doesNotContain("GiveUp");
  }

  /// Another body would not be the one that was named.
  @Test
  void whoIsGivenUpGetsNoNewBody() {
    assertThat(plan(BEGUN.replace("starting, ", "no pod, "))).doesNotContain("CreatePod");
  }
}
