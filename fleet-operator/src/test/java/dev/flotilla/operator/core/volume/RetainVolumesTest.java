package dev.flotilla.operator.core.volume;

import static dev.flotilla.operator.core.Drawing.plan;
import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.plan.Planner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of the volume of a member that has gone.
class RetainVolumesTest {

  private static final String MARKED =
      "RetainVolume member=b2 zone=b until=2026-01-02T00:00:00Z reason=VolumeExpires rule=RetainVolumes";
  private static final String UNMARKED =
      "RetainVolume member=b2 zone=b until=none reason=VolumeExpires rule=RetainVolumes";
  private static final String DELETED =
      "DeleteVolume member=b2 zone=b reason=VolumeExpires rule=RetainVolumes";
  private static final String KEPT = "hold reason=VolumeExpires member=b2 by=RetentionOver";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''         | noted gone                             | ''",
        "''         | noted gone, kept until past            | unmarked",
        "''         | noted gone, wants past                 | deleted",
        "''         | noted gone, wants later                | kept",
        "''         | noted gone, wants forever              | ''",
        "scaled 24  | noted gone                             | marked",
        "scaled 24  | noted gone, kept until rubbish         | marked",
        "scaled 24  | noted gone, kept until later           | kept",
        "scaled 24  | noted gone, kept until past            | deleted",
        "scaled 24  | noted gone, kept until past, wants forever | unmarked",
        "scaled 24  | noted gone, kept until past, wants rubbish | unmarked",
        "scaled 24  | noted gone, wants rubbish               | ''",
        "scaled 24  | noted gone, kept until past, wants later   | unmarked",
        "scaled 24  | kept until past                        | ''",
        "scaled 24  | noted, kept until past                 | ''",
        "scaled 24  | noted gone, kept until past, volume copied | ''",
        "scaled 24  | noted gone, kept until past, volume damaged | ''",
        "scaled 24  | noted gone, kept until past, volume terminating | ''",
        "deleted 24 | noted gone                             | ''"
      })
  @Tag("D2")
  @Tag("R34")
  void ofOneThatHasGone(String policy, String words, String expected) {
    assertThat(planned(policy, "gone, " + words, ""))
        .isEqualTo(
            switch (expected) {
              case "marked" -> MARKED;
              case "unmarked" -> UNMARKED;
              case "deleted" -> DELETED;
              case "kept" -> KEPT;
              default -> "";
            });
  }

  /// Whatever stands on it: a volume that is used is nobody's to delete.
  @Test
  @Tag("D2")
  void aMemberThatIsThereLosesTheMarkAndKeepsItsVolume() {
    assertThat(planned("scaled 24", "kept until past, wants past", "")).isEqualTo(UNMARKED);
    assertThat(planned("", "kept until past, no pod", "").lines().toList())
        .containsExactlyInAnyOrder(
            UNMARKED, "CreatePod member=b2 zone=b reason=Healing rule=KeepBodies");
  }

  @ParameterizedTest
  @CsvSource({
    "stale, StaleView",
    "passive, NotActing",
    "tenant unread, NotObserved",
    "tenant gone, SecretMissing"
  })
  @Tag("D2")
  @Tag("D9")
  void whileSomethingIsNotKnownNothingIsDeleted(String unknown, String reason) {
    assertThat(planned("scaled 24", "gone, noted gone, kept until past", unknown))
        .doesNotContain("DeleteVolume")
        .contains("hold reason=" + reason);
  }

  /// One thing ends at a time.
  @Test
  @Tag("D2")
  void aDeletionEndsItsTurn() {
    var plan =
        Planner.plan(
            situation(
                """
                volumes scaled 24
                pool data wants 3
                a: a1 a2[gone, noted gone, kept until past]
                b: b1 b2[gone, noted gone, kept until past]
                c: c1
                """));

    assertThat(plan.steps()).hasSize(2);
    assertThat(plan.upToDestruction()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "deleting, deleted 24, 3",
    "deleting, scaled 24, 0",
    "deleting unconfirmed, deleted 24, 0",
    "deleting, '', 0"
  })
  @Tag("D2")
  @Tag("D3")
  void ofADeletedDatabase(String deleting, String policy, int marked) {
    assertThat(
            plan("""
            %s
            pool data wants 3
            a: a1
            b: b1 b2[gone, noted gone]
            c: c1
            %s
            """
                    .formatted(policy.isEmpty() ? "" : "volumes " + policy, deleting))
                .lines()
                .filter(line -> line.startsWith("RetainVolume")))
        .hasSize(marked)
        .allMatch(line -> line.contains("until=2026-01-02T00:00:00Z"));
  }

  /// What is to be done about b2, beside three members at rest.
  private static String planned(String policy, String b2, String more) {
    boolean isThere = !b2.startsWith("gone");
    return plan(
        """
        %s
        pool data wants %d
        a: a1
        b: b1 b2[%s]
        c: c1
        %s
        """
            .formatted(policy.isEmpty() ? "" : "volumes " + policy, isThere ? 4 : 3, b2, more));
  }
}
