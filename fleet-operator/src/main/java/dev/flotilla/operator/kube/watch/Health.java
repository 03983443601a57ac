package dev.flotilla.operator.kube.watch;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.LogKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether what the watches have shown may be believed.
///
/// After an outage each watch comes back on its own clock, so for a moment a new specification
/// stands beside pods of old: nothing is believed until all of them have been back for a while. The
/// library tells nobody when a watch loses its connection, so somebody has to [#look] now and then.
///
/// Source: D9 in docs/requirements.md.
final class Health {

  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  /// How long all watches must have been healthy after an outage.
  static final Duration CALM = Duration.ofSeconds(2);

  /// Watches are renewed every few minutes and are gone for a tenth of a second then; that is no
  /// outage.
  static final Duration RENEWAL = Duration.ofSeconds(1);

  private final Map<String, BooleanSupplier> watches;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Runnable recovered;

  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Long> brokenSince = Optional.empty();
  private Optional<Long> outageEnded = Optional.empty();
  private boolean inOutage;
  private boolean doubted;

  /// @param watches whether each one is connected, by the name of its kind
  /// @param nanos a clock that only runs forward
  /// @param recovered run when what somebody was refused may be believed again
  Health(
      Map<String, BooleanSupplier> watches,
      InstantSource clock,
      LongSupplier nanos,
      Runnable recovered) {
    this.watches = watches;
    this.clock = clock;
    this.nanos = nanos;
    this.recovered = recovered;
  }

  Reading<Instant> fresh() {
    lock.lock();
    try {
      var doubt = doubt();
      doubted |= doubt.isPresent();
      return doubt
          .<Reading<Instant>>map(Reading.Unknown::new)
          .orElseGet(() -> {
            var now = clock.instant();
            return new Reading.Known<>(now, now);
          });
    } finally {
      lock.unlock();
    }
  }

  /// Notices outages that nobody asks about, and tells when they are over.
  void look() {
    boolean over;
    lock.lock();
    try {
      over = doubt().isEmpty() && doubted;
      doubted &= !over;
    } finally {
      lock.unlock();
    }
    if (over) {
      recovered.run();
    }
  }

  private Optional<String> doubt() {
    long now = nanos.getAsLong();
    var broken = broken();
    if (broken.isPresent()) {
      note(now, broken.get());
      return Optional.of("the watch of %s is broken".formatted(broken.get()));
    }
    if (inOutage) {
      LOG.atInfo().log("All watches are back");
      inOutage = false;
      outageEnded = Optional.of(now);
    }
    brokenSince = Optional.empty();
    boolean calm = outageEnded.filter(end -> now - end < CALM.toNanos()).isEmpty();
    return calm ? Optional.empty() : Optional.of("the watches have only just come back");
  }

  private void note(long now, String broken) {
    long since = brokenSince.orElse(now);
    brokenSince = Optional.of(since);
    if (!inOutage && now - since > RENEWAL.toNanos()) {
      LOG.atWarn().addKeyValue(LogKeys.REASON, broken).log("A watch is broken");
      inOutage = true;
      doubted = true;
    }
  }

  private Optional<String> broken() {
    return watches.entrySet().stream()
        .filter(watch -> !watch.getValue().getAsBoolean())
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
