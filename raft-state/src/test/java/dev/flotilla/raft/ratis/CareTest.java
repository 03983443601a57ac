package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CareTest {

  private static final long RESERVE = 100;

  @ParameterizedTest
  @CsvSource({
    "true,  true,  false, false, 100, LeaveIt",
    "true,  true,  false, true,  100, Shorten",
    "true,  true,  false, false,  99, Stop",
    "true,  true,  false, true,   99, Stop",
    "true,  false, false, false, 100, Stop",
    "true,  false, false, true,  100, Stop",
    "true,  false, true,  false, 100, Stop",
    "true,  false, false, false,  99, Stop",
    "false, false, false, false, 200, Start",
    "false, false, true,  false, 200, LeaveIt",
    "false, false, false, false, 199, LeaveIt",
    "false, false, false, false,   0, LeaveIt"
  })
  void whatIsDone(
      boolean running,
      boolean alive,
      boolean excluded,
      boolean longLog,
      long freeBytes,
      String expected) {
    var condition = new Care.Condition(running, alive, excluded, longLog, freeBytes);

    assertThat(Care.of(condition, RESERVE).getClass().getSimpleName()).isEqualTo(expected);
  }
}
