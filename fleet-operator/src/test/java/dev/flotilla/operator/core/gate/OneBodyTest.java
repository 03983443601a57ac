package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A member never has two bodies.
class OneBodyTest {

  @Tag("PP-2")
  @Tag("D10")
  @Test
  void aSilentNodesPodIsLeftAloneAndNotDoubled() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                node nb silent
                """))
        .isEqualTo(
            """
            hold reason=NodeUnknown member=b1 by=OneBody\
            """);
  }

  @Tag("D10")
  @Test
  void soIsATerminatingPodOnASilentNode() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[terminating]
                c: c1
                node nb silent
                """))
        .isEqualTo(
            """
            hold reason=NodeUnknown member=b1 by=OneBody\
            """);
  }

  @Test
  void soIsAPodOnANodeThatIsGone() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                node nb gone
                """))
        .isEqualTo(
            """
            hold reason=NodeUnknown member=b1 by=OneBody\
            """);
  }

  @Tag("D10")
  @Test
  void aNodeThatIsOutOfServiceGivesItsMemberBack() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                node nb out of service
                """))
        .isEqualTo(
            """
            DeletePod member=b1 reason=NodeOutOfService rule=KeepBodies\
            """);
  }

  @Test
  void aTerminatingPodIsWaitedFor() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[terminating]
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=Healing member=b1 by=OneBody\
            """);
  }

  @Test
  void aPodThatIsGoneIsReplaced() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[no pod]
                c: c1
                """))
        .isEqualTo(
            """
            CreatePod member=b1 zone=b reason=Healing rule=KeepBodies\
            """);
  }
}
