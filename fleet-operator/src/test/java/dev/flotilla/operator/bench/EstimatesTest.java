package dev.flotilla.operator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.estimate.Outlook;
import dev.flotilla.operator.core.status.OperationReport.Left;
import dev.flotilla.topology.lifecycle.Deadline.OnTimeout;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the answer to an operation says of its end, from a whole operator that looks at an engine
/// every two seconds.
class EstimatesTest extends DrainScene {

  private static final Duration POLL = Duration.ofSeconds(2);

  private Optional<Outlook> outlook() {
    return bench.toldOf("go").flatMap(it -> it.left()).map(Left::outlook);
  }

  /// A member with a hundred copies, of which one leaves at each look.
  private Instant begin() {
    running.lead();
    bench.apply(Specs.of(6));
    bench.rest(running);
    database().weigh(1 << 30);
    database().store("orders", 300, 1);
    bench.rest(running);
    bench.ask("go", OnTimeout.HOLD, bench.pod("b").draft().member().name().value());
    untilMarked();
    return bench.time.instant();
  }

  @Tag("UX-10")
  @Test
  void anEndIsToldAfterAMinuteAndAStallTakesItsPlace() {
    var began = begin();
    until("an end is told", () -> outlook().filter(Outlook.Ends.class::isInstance).isPresent());
    assertThat(Duration.between(began, bench.time.instant()))
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(80));

    database().freeze(true);
    var stopped = bench.time.instant();
    until("a stall is told", () -> outlook().filter(Outlook.Stalled.class::isInstance).isPresent());
    assertThat(Duration.between(stopped, bench.time.instant()))
        .isBetween(Duration.ofSeconds(110), Duration.ofSeconds(120).plus(POLL.multipliedBy(2)));
    assertThat(bench.told("go").message()).contains("nothing has left it for");

    database().freeze(false);
    until("an end is told", () -> outlook().filter(Outlook.Ends.class::isInstance).isPresent());
    assertThat(bench.told("go").message()).contains("MiB/s, about");
  }

  @Tag("UX-10")
  @Test
  void theEndThatIsToldIsTheTruth() {
    begin();
    until("an end is told", () -> outlook().filter(Outlook.Ends.class::isInstance).isPresent());
    rounds(3);
    var now = bench.time.instant();
    var told = ((Outlook.Ends) outlook().orElseThrow()).at();

    until("empty", () -> bench.told("go").left().filter(it -> it.copies() == 0).isPresent());

    var truth = Duration.between(now, bench.time.instant()).toSeconds();
    var said = Duration.between(now, told).toSeconds();
    assertThat(Math.abs(said - truth)).isLessThan(truth * 3 / 10);
  }
}
