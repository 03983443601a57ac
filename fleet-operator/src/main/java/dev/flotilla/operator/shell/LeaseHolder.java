package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.StoppedException;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.store.Fence;
import dev.flotilla.topology.store.LeaseResult;
import dev.flotilla.topology.store.TopologyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Whoever holds the store's lease acts; the others stand by.
///
/// The holder counts its time from the moment at which it asked, by a clock that never goes back,
/// so it stops before the store gives the lease to anybody else. The epoch that came with the lease
/// is mirrored into the ConfigMap `flotilla-store` before anything is done under it: an operator
/// that works with another store, or with none, sees it there and stops.
///
/// Source: R40 in docs/requirements.md; docs/adr/0019-a-lease-and-its-mirror.md
final class LeaseHolder implements Leadership {

  /// For how long the lease is asked for.
  static final Duration TIME = Duration.ofSeconds(15);

  /// How often it is asked for.
  static final Duration RENEWAL = Duration.ofSeconds(5);

  private final TopologyStore store;
  private final KubeApi kube;
  private final KubeCache cache;
  private final Candidacy.HolderOfLease candidacy;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private final Runnable lost;
  private final AtomicReference<State> state =
      new AtomicReference<>(
          new State.Idle("the store has not been asked yet", Optional.empty(), false));

  /// What is known of the lease.
  private sealed interface State {

    /// It acts.
    ///
    /// @param until by the clock of the candidacy, in nanoseconds
    /// @param end runs when the time is over
    record Holding(Epoch epoch, long until, StopSignal.Registration end) implements State {}

    /// It does not act.
    ///
    /// @param lease the epoch of a lease that is held all the same
    /// @param standingBy whether another one acts and this one would take over
    record Idle(String why, Optional<Epoch> lease, boolean standingBy) implements State {}

    /// It has given up for good.
    record Resigned() implements State {}
  }

  /// @param lost called when it must not act any more: what runs has to end
  LeaseHolder(
      TopologyStore store,
      KubeApi kube,
      KubeCache cache,
      Candidacy.HolderOfLease candidacy,
      Scheduler scheduler,
      InstantSource clock,
      Runnable lost) {
    this.store = store;
    this.kube = kube;
    this.cache = cache;
    this.candidacy = candidacy;
    this.scheduler = scheduler;
    this.clock = clock;
    this.lost = lost;
  }

  @Override
  public Authority authority() {
    return switch (state.get()) {
      case State.Resigned resigned -> new Authority.NotActing("this operator is stopping");
      case State.Idle(var why, var lease, var standingBy) -> new Authority.NotActing(why);
      case State.Holding holding when isOver(holding) ->
          new Authority.NotActing(
              "the lease of epoch %s was not prolonged in time".formatted(holding.epoch()));
      case State.Holding holding -> Leadership.asShown(cache, holding.epoch());
    };
  }

  private boolean isOver(State.Holding holding) {
    return candidacy.nanoTime().getAsLong() - holding.until() >= 0;
  }

  @Override
  public Operator.Turn turn(StopSignal stop) {
    if (state.get() instanceof State.Resigned) {
      return new Operator.Turn(reading(), Optional.empty());
    }
    long sent = candidacy.nanoTime().getAsLong();
    ask(stop, sent);
    var took = Duration.ofNanos(candidacy.nanoTime().getAsLong() - sent);
    var rest = RENEWAL.minus(took);
    return new Operator.Turn(reading(), Optional.of(rest.isNegative() ? Duration.ZERO : rest));
  }

  private Reading<Epoch> reading() {
    return switch (authority()) {
      case Authority.Acting(var epoch) -> new Reading.Known<>(epoch, clock.instant());
      case Authority.NotActing(var why) -> new Reading.Unknown<>(why);
    };
  }

  private void ask(StopSignal stop, long sent) {
    switch (lease()) {
      case LeaseResult.Granted(var epoch) -> granted(stop, epoch, sent);
      case LeaseResult.Held(var holder, var epoch) ->
          become(
              new State.Idle(
                  "operator %s acts at epoch %s".formatted(holder, epoch), Optional.empty(), true));
      case LeaseResult.Unconfirmed(var why) -> unanswered(why);
    }
  }

  private LeaseResult lease() {
    try {
      return store.lease(candidacy.lease(), candidacy.holder(), TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException("interrupted");
    }
  }

  private void granted(StopSignal stop, Epoch epoch, long sent) {
    if (state.get() instanceof State.Holding(var held, var until, var end)
        && held.equals(epoch)
        && cache.shownEpoch().filter(epoch::equals).isPresent()) {
      hold(epoch, sent);
      return;
    }
    switch (kube.mirror(stop, epoch, candidacy.holder())) {
      case Reading.Unknown<Optional<String>>(var why) ->
          become(new State.Idle(why, Optional.of(epoch), false));
      case Reading.Known<Optional<String>>(var objection, var at) ->
          objection.ifPresentOrElse(
              why -> become(new State.Idle(why, Optional.of(epoch), false)),
              () -> hold(epoch, sent));
    }
  }

  private void hold(Epoch epoch, long sent) {
    long until = sent + TIME.toNanos();
    var rest = Duration.ofNanos(until - candidacy.nanoTime().getAsLong());
    become(new State.Holding(epoch, until, scheduler.after(rest, () -> end(until))));
  }

  /// What was asked for may have been given or not; what was given before lasts until its end.
  private void unanswered(String why) {
    switch (state.get()) {
      case State.Holding holding when !isOver(holding) -> {}
      case State.Holding holding ->
          become(new State.Idle(why, Optional.of(holding.epoch()), false));
      case State.Idle idle -> become(new State.Idle(why, idle.lease(), false));
      case State.Resigned resigned -> {}
    }
  }

  /// The time that one answer gave is over; a later answer may have given more.
  private void end(long until) {
    if (state.get() instanceof State.Holding holding && holding.until() == until) {
      lost.run();
    }
  }

  private void become(State next) {
    var before = state.getAndUpdate(now -> now instanceof State.Resigned ? now : next);
    if (before instanceof State.Holding holding) {
      holding.end().close();
      if (!(next instanceof State.Holding) || isOver(holding)) {
        lost.run(); // also if it is given again: a pass that came in between did nothing
      }
    }
    if (before instanceof State.Resigned) {
      drop(next);
    }
  }

  @Override
  public Optional<Fence> fence(Epoch epoch) {
    return Optional.of(new Fence(candidacy.lease(), epoch));
  }

  @Override
  public void overtaken(Epoch current) {
    if (state.get() instanceof State.Holding holding && !holding.epoch().equals(current)) {
      become(
          new State.Idle(
              "the store says that epoch %s counts, this operator had %s"
                  .formatted(current, holding.epoch()),
              Optional.empty(),
              false));
    }
  }

  @Override
  public Optional<String> trouble() {
    boolean standsBy = state.get() instanceof State.Idle idle && idle.standingBy();
    return !standsBy && authority() instanceof Authority.NotActing(var why)
        ? Optional.of(why)
        : Optional.empty();
  }

  @Override
  public void resign() {
    var before = state.getAndSet(new State.Resigned());
    if (before instanceof State.Holding) {
      lost.run();
    }
    drop(before);
  }

  /// Gives the lease back, if the state has one.
  private void drop(State last) {
    var epoch =
        switch (last) {
          case State.Holding holding -> {
            holding.end().close();
            yield Optional.of(holding.epoch());
          }
          case State.Idle idle -> idle.lease();
          case State.Resigned resigned -> Optional.<Epoch>empty();
        };
    if (epoch.isPresent()) {
      try {
        store.release(candidacy.lease(), candidacy.holder(), epoch.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // it ends by itself
      }
    }
  }
}
