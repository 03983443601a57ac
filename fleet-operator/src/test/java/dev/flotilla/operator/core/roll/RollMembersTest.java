package dev.flotilla.operator.core.roll;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is restarted, and who is not yet.
class RollMembersTest {

  private static final String OLD =
      """
      pool data wants 6
      a: a1 a2
      b: b1[old] b2[old]
      c: c1[old] c2
      """;

  private static final String NEXT =
      """
      RestartPod member=b1 reason=Restarting rule=RollMembers
      hold reason=Restarting by=RollMembers\
      """;

  @Test
  void oneMemberOfTheFirstZone() {
    assertThat(plan(OLD)).isEqualTo(NEXT);
  }

  /// What is in the way, and who says so.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a2 -> a2[no pod]             | Healing by=OneRestart
          a2 -> a2[terminating]        | Healing by=OneRestart
          a2 -> a2[not joined]         | Healing by=OneRestart
          a2 -> a2[starting]           | Healing by=OneRestart
          a2 -> a2[drains, asked, noted, marked] | Draining by=OneRestart
          a2 -> a2[cancelling]         | Draining by=OneRestart
          a2 -> a2[was kept, moving]   | DrainUndone by=OneRestart
          c2 -> c2\\nengine yellow     | CopiesMissing by=OneRestart
          c2 -> c2\\nengine red        | CopiesMissing by=OneRestart
          c2 -> c2\\nengine silent     | EngineUnreadable by=OneRestart
          c2 -> c2\\nnode nb cordoned  | ZonesInsufficient by=ComesBack
          c2 -> c2\\nstale             | StaleView by=FreshView
          c2 -> c2\\ntenant gone       | SecretMissing by=TenantKnown
          c2 -> c2\\nversion 9.9.9     | EngineVersionMismatch by=EngineVersion
          c2 -> c2\\nfleet unknown     | FleetPolicyUnknown by=DisruptionAllowed
          b1[old] -> b1[old, volume terminating] | VolumeTerminating by=VolumePin
          b1[old] -> b1[old, volume copied]      | VolumeSuspect by=VolumePin
          """)
  void heldBy(String change, String hold) {
    var words = change.split(" -> ");
    var text = OLD.replace(words[0], words[1].replace("\\n", "\n"));

    assertThat(plan(text)).doesNotContain("RestartPod").containsPattern(pattern(hold));
  }

  private static String pattern(String hold) {
    return "hold reason=" + hold.replace(" by=", "( member=[a-c][0-9])? by=");
  }

  @Test
  void aVolumeOnANodesOwnDiskKeepsItsMemberThere() {
    var pinned = OLD.replace("b1[old]", "b1[old, volume pinned]");

    assertThat(plan(pinned)).isEqualTo(NEXT);
    assertThat(plan(pinned + "node nb cordoned\nnode nb2 ready"))
        .contains("hold reason=ZonesInsufficient member=b1 by=ComesBack");
    assertThat(plan(OLD + "node nb cordoned\nnode nb2 ready")).contains("RestartPod member=b1");
  }

  @Test
  @Tag("R44")
  void whoServesNothingComesFirstAndWaitsForNobody() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[old]
                b: b1[starting, old]
                c: c1[starting]
                engine yellow
                """))
        .contains("RestartPod member=b1 idle reason=Restarting rule=RollMembers")
        .doesNotContain("RestartPod member=a1");
  }

  @Test
  @Tag("R44")
  void whatCannotStartIsMadeAnewAtOnceAndNobodyElse() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[crashing, old]
                b: b1[old]
                c: c1[old]
                engine yellow
                """))
        .contains("DeletePod member=a1 reason=Creating rule=KeepBodies")
        .doesNotContain("RestartPod");
  }

  @Test
  @Tag("R15")
  void whoeverIsToLeaveLeavesFirst() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[old]
                b: b1[old]
                c: c1[old] c2[old]
                empties
                explains c2
                """))
        .contains("Commit drains=c2:DRAINING")
        .doesNotContain("RestartPod");
  }

  @Test
  @Tag("R15")
  void whoDrainsIsNotMadeAnew() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1 c2[old, drains, noted, marked]
                empties
                """))
        .doesNotContain("RestartPod");
  }

  @Test
  void beforeTheDatabaseWasFormedNobodyIsRestarted() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[starting, old, unstamped]
                b: b1[starting, unstamped]
                c: c1[starting, unstamped]
                tenant unformed
                """))
        .doesNotContain("RestartPod");
  }

  @Test
  void whoeverIsNamedIsRestartedUnlessItsPodIsNewer() {
    var three =
        """
        pool data wants 3
        a: a1
        b: b1
        c: c1
        """;

    assertThat(plan(three + "asked b1 restart")).contains("RestartPod member=b1");
    assertThat(plan(three + "asked nobody restart".replace("nobody ", "")))
        .contains("RestartPod member=a1");
    assertThat(plan(three.replace("b1", "b1[fresh]") + "asked b1 restart"))
        .doesNotContain("RestartPod");
    assertThat(plan(three + "asked b1 restart cancelled")).doesNotContain("RestartPod");
    assertThat(plan(three + "asked b1 restart over")).doesNotContain("RestartPod");
    assertThat(plan(three + "asked b1 restart overdue"))
        .doesNotContain("RestartPod")
        .contains("hold reason=ChangeHeld member=b1 by=RollMembers");
  }
}
