package dev.flotilla.operator.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// When the watches are believed.
class HealthTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Map<String, Boolean> connected = new LinkedHashMap<>(Map.of("Pod", true));
  private final AtomicInteger recoveries = new AtomicInteger();
  private final Health health =
      new Health(
          Map.<String, BooleanSupplier>of("Pod", () -> connected.get("Pod")),
          InstantSource.fixed(Instant.EPOCH),
          nanos::get,
          recoveries::incrementAndGet);

  @Test
  void healthyWatchesAreBelievedAtOnce() {
    assertThat(health.fresh()).isInstanceOf(Reading.Known.class);
  }

  @Test
  void aBrokenWatchIsNamed() {
    connected.put("Pod", false);

    assertThat(health.fresh())
        .isEqualTo(new Reading.Unknown<Instant>("the watch of Pod is broken"));
  }

  /// The first pass after an outage once saw a new specification beside pods of old.
  @Test
  @Tag("D9")
  void afterAnOutageNothingIsBelievedForAWhile() {
    outage();
    assertThat(health.fresh()).isInstanceOf(Reading.Unknown.class);

    pass(Health.CALM.plusMillis(1));
    assertThat(health.fresh()).isInstanceOf(Reading.Known.class);
  }

  @Test
  void anOutageThatNobodyAskedAboutCountsAsWell() {
    connected.put("Pod", false);
    health.look();
    pass(Health.RENEWAL.plusMillis(1));
    health.look();
    connected.put("Pod", true);
    health.look();

    assertThat(health.fresh()).isInstanceOf(Reading.Unknown.class);
  }

  @Test
  void aWatchThatIsRenewedIsNoOutage() {
    connected.put("Pod", false);
    health.look();
    pass(Health.RENEWAL.dividedBy(2));
    connected.put("Pod", true);

    assertThat(health.fresh()).isInstanceOf(Reading.Known.class);
  }

  @Test
  void whoWasRefusedIsToldOnceWhenItIsOver() {
    outage();
    health.look();
    assertThat(recoveries).hasValue(0);

    pass(Health.CALM.plusMillis(1));
    health.look();
    health.look();
    assertThat(recoveries).hasValue(1);
  }

  private void outage() {
    connected.put("Pod", false);
    health.fresh();
    pass(Health.RENEWAL.plusMillis(1));
    health.fresh();
    connected.put("Pod", true);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
