package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final long HOUR = Backlog.LONGEST.toNanos();

  @Test
  void nothingIsNeverTooMuch() {
    assertThat(Backlog.NONE.isTooMuch(10 * HOUR)).isFalse();
  }

  @Test
  void aLittleIsTooMuchAfterAnHour() {
    var little = Backlog.NONE.plus(1, 5).plus(1, HOUR);

    assertThat(little.isTooMuch(HOUR + 4)).isFalse();
    assertThat(little.isTooMuch(HOUR + 5)).isTrue();
  }

  @Test
  void muchIsTooMuchAtOnce() {
    var almost = Backlog.NONE.plus(Backlog.MOST_BYTES - 1, 5);

    assertThat(almost.isTooMuch(5)).isFalse();
    assertThat(almost.plus(1, 5).isTooMuch(5)).isTrue();
  }
}
