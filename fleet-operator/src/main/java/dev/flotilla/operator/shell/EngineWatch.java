package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.ClusterRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/// Keeps the last report of every tenant's engine, so that a pass never waits for an engine.
///
/// While there is work it asks every two seconds, otherwise every five minutes. An engine that
/// hangs costs its own tenant one virtual thread for at most ten seconds and nobody else anything;
/// at most 256 are asked at once, and one that finds no place waits for its next turn.
///
/// Source: docs/requirements.md, "one tenant never waits for another".
public final class EngineWatch {

  private static final int MAX_AT_ONCE = 256;
  private static final Duration BUSY = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofMinutes(5);

  /// A report older than this many turns says nothing any more.
  private static final int TURNS_TO_LIVE = 5;

  private final EnginePort engine;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private final Function<ClusterRef, Optional<EnginePort.Access>> access;
  private final Consumer<ClusterRef> changed;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);
  private final ConcurrentMap<ClusterRef, Tenant> tenants = new ConcurrentHashMap<>();

  /// One watched tenant. Immutable, so that a turn that was overtaken notices it by identity.
  private record Tenant(
      Reading<EngineReport> reading,
      Duration every,
      StopSignal stop,
      StopSignal.Registration turn) {}

  /// @param access how to reach a tenant's engine now; empty if it has no log-ins or addresses yet
  /// @param changed told when an engine's report says something new
  public EngineWatch(
      EnginePort engine,
      Scheduler scheduler,
      InstantSource clock,
      Function<ClusterRef, Optional<EnginePort.Access>> access,
      Consumer<ClusterRef> changed) {
    this.engine = engine;
    this.scheduler = scheduler;
    this.clock = clock;
    this.access = access;
    this.changed = changed;
  }

  /// The last report, or why there is none that can still be believed.
  Reading<EngineReport> reading(ClusterRef cluster) {
    var tenant = tenants.get(cluster);
    if (tenant == null) {
      return new Reading.Unknown<>("it has not been asked yet");
    }
    if (tenant.reading() instanceof Reading.Known<EngineReport>(var report, var at)) {
      var age = Duration.between(at, clock.instant());
      if (age.compareTo(tenant.every().multipliedBy(TURNS_TO_LIVE)) > 0) {
        return new Reading.Unknown<>("its last answer is %d s old".formatted(age.toSeconds()));
      }
    }
    return tenant.reading();
  }

  /// Asks often or seldom from now on; the first call for a tenant asks at once.
  ///
  /// @param busy whether something is going on that the engine's answer moves forward
  void follow(ClusterRef cluster, boolean busy) {
    var every = busy ? BUSY : IDLE;
    var tenant = tenants.get(cluster);
    if (tenant == null) {
      start(cluster, new Reading.Unknown<>("it has not been asked yet"), every, Duration.ZERO);
    } else if (tenant.every().compareTo(every) > 0) {
      tenant.turn().close();
      start(cluster, tenant.reading(), every, Duration.ZERO);
    } else if (!tenant.every().equals(every)) {
      tenant.turn().close();
      start(cluster, tenant.reading(), every, every);
    }
  }

  /// Stops asking, also in mid-request.
  void drop(ClusterRef cluster) {
    var tenant = tenants.remove(cluster);
    if (tenant != null) {
      tenant.turn().close();
      tenant.stop().stop("nobody asks for it any more");
    }
  }

  /// Stops asking for everybody: this operator does not act any more.
  void dropAll() {
    tenants.keySet().forEach(this::drop);
  }

  private void start(
      ClusterRef cluster, Reading<EngineReport> last, Duration every, Duration delay) {
    var stop = new StopSignal();
    tenants.compute(
        cluster,
        (key, before) ->
            new Tenant(last, every, stop, scheduler.after(delay, () -> ask(key, stop))));
  }

  private void ask(ClusterRef cluster, StopSignal stop) {
    // Not a plain get: a turn may begin before its registration is back and written down; this
    // waits for that, or the first turn would find nobody and be the last.
    var tenant = tenants.computeIfPresent(cluster, (key, current) -> current);
    if (tenant == null || tenant.stop() != stop) {
      return; // dropped or replaced since this turn was planned
    }
    var reading = askOnce(cluster, stop);
    boolean news = !says(reading).equals(says(tenant.reading()));
    tenants.computeIfPresent(
        cluster,
        (key, current) ->
            current.stop() == stop
                ? new Tenant(
                    reading,
                    current.every(),
                    stop,
                    scheduler.after(jittered(cluster, current.every()), () -> ask(key, stop)))
                : current);
    if (news) {
      changed.accept(cluster);
    }
  }

  private Reading<EngineReport> askOnce(ClusterRef cluster, StopSignal stop) {
    var how = access.apply(cluster);
    if (how.isEmpty()) {
      return new Reading.Unknown<>("none of its members has an address yet");
    }
    if (!places.tryAcquire()) {
      return new Reading.Unknown<>("%d other engines are being asked".formatted(MAX_AT_ONCE));
    }
    try {
      return engine.observe(stop, how.get());
    } finally {
      places.release();
    }
  }

  /// What a reading says, without its moment.
  private static Object says(Reading<EngineReport> reading) {
    return switch (reading) {
      case Reading.Known<EngineReport>(var report, var at) -> report;
      case Reading.Unknown<EngineReport>(var why) -> why;
    };
  }

  /// Spreads the idle turns of many tenants over time: up to a tenth later, by name, so that it
  /// needs no randomness.
  private static Duration jittered(ClusterRef cluster, Duration every) {
    long tenth = every.toMillis() / 10;
    return every.plusMillis(Math.floorMod(cluster.hashCode(), tenth + 1));
  }
}
