package dev.flotilla.operator.shell;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.operator.port.Mirrored;
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
/// Whoever acted last when the store fell silent, or holds the lease of a store that may not tell
/// of today, keeps recorded members running and does nothing else.
///
/// Source: R40 in docs/requirements.md; docs/adr/0019-a-lease-and-its-mirror.md
final class LeaseHolder implements Leadership {

  /// For how long the lease is asked for.
  static final Duration TIME = Duration.ofSeconds(15);

  /// How often it is asked for.
  static final Duration RENEWAL = Duration.ofSeconds(5);

  /// How soon it is asked for again after nobody knew: most of the time the store's leader has
  /// changed, which takes a second or two.
  static final Duration AGAIN = Duration.ofSeconds(1);

  private final TopologyStore store;
  private final KubeApi kube;
  private final KubeCache cache;
  private final Settlement settlement;
  private final Candidacy.HolderOfLease candidacy;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private final Runnable lost;
  private final AtomicReference<State> state =
      new AtomicReference<>(
          new State.Idle("the store has not been asked yet", Optional.empty(), false));

  /// Makes the store say what a person has said counts.
  interface Settlement {

    /// Carries it out, as far as it is not done yet. May block.
    ///
    /// @return why it is not done; empty once it is
    Optional<String> settle(StopSignal stop, Epoch epoch, Mirrored.Trusted trusted);
  }

  /// What is known of the lease.
  private sealed interface State {

    /// It acts.
    ///
    /// @param until by the clock of the candidacy, in nanoseconds
    /// @param end runs when the time is over
    record Holding(Epoch epoch, long until, StopSignal.Registration end) implements State {}

    /// It does not act, and keeps recorded members running.
    ///
    /// @param until by the clock of the candidacy, in nanoseconds
    record Minding(Epoch epoch, long until, Reason reason, String why) implements State {}

    /// It does not act.
    ///
    /// @param lease the epoch of a lease that is held all the same
    /// @param standingBy whether another one acts and this one would take over
    record Idle(String why, Optional<Epoch> lease, boolean standingBy) implements State {}

    /// It has given up for good.
    record Resigned() implements State {}
  }

  /// @param settlement carries out what a person said of a store that may not tell of today
  /// @param lost called when it must not act any more: what runs has to end
  LeaseHolder(
      TopologyStore store,
      KubeApi kube,
      KubeCache cache,
      Settlement settlement,
      Candidacy.HolderOfLease candidacy,
      Scheduler scheduler,
      InstantSource clock,
      Runnable lost) {
    this.store = store;
    this.kube = kube;
    this.cache = cache;
    this.settlement = settlement;
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
      case State.Holding holding when isOver(holding.until()) ->
          new Authority.NotActing(
              "the lease of epoch %s was not prolonged in time".formatted(holding.epoch()));
      case State.Minding minding when isOver(minding.until()) ->
          new Authority.NotActing("how things stand was not looked at in time");
      case State.Minding minding
          when minding.reason() == Reason.STORE_UNREACHABLE
              && Leadership.asShown(cache, minding.epoch())
                  instanceof Authority.NotActing overtaken ->
          overtaken;
      case State.Minding minding ->
          new Authority.Minding(minding.epoch(), minding.reason(), minding.why());
      case State.Holding holding -> Leadership.asShown(cache, holding.epoch());
    };
  }

  private boolean isOver(long until) {
    return candidacy.nanoTime().getAsLong() - until >= 0;
  }

  @Override
  public Operator.Turn turn(StopSignal stop) {
    if (state.get() instanceof State.Resigned) {
      return new Operator.Turn(reading(), Optional.empty());
    }
    long sent = candidacy.nanoTime().getAsLong();
    var next = ask(stop, sent);
    var took = Duration.ofNanos(candidacy.nanoTime().getAsLong() - sent);
    var rest = next.minus(took);
    return new Operator.Turn(reading(), Optional.of(rest.isNegative() ? Duration.ZERO : rest));
  }

  private Reading<Epoch> reading() {
    return switch (authority()) {
      case Authority.Acting(var epoch) -> new Reading.Known<>(epoch, clock.instant());
      case Authority.Minding(var epoch, var reason, var why) -> new Reading.Unknown<>(why);
      case Authority.NotActing(var why) -> new Reading.Unknown<>(why);
    };
  }

  /// @return when it is asked for next, counted from the moment at which it was sent
  private Duration ask(StopSignal stop, long sent) {
    return switch (lease()) {
      case LeaseResult.Granted(var epoch) -> {
        granted(stop, epoch, sent);
        yield RENEWAL;
      }
      case LeaseResult.Held(var holder, var epoch) -> {
        become(
            new State.Idle(
                "operator %s acts at epoch %s".formatted(holder, epoch), Optional.empty(), true));
        yield RENEWAL;
      }
      case LeaseResult.Unconfirmed(var why) -> {
        unanswered(stop, why, sent);
        yield AGAIN;
      }
    };
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
      case Reading.Unknown<Mirrored>(var why) ->
          become(new State.Idle(why, Optional.of(epoch), false));
      case Reading.Known<Mirrored>(Mirrored.Shown shown, var at) -> hold(epoch, sent);
      case Reading.Known<Mirrored>(Mirrored.Halted(var why, var trusted), var at) -> {
        var open =
            trusted.map(side -> settlement.settle(stop, epoch, side)).orElse(Optional.of(why));
        become(
            new State.Minding(epoch, sent + TIME.toNanos(), Reason.STORE_HALTED, open.orElse(why)));
        if (open.isEmpty()) {
          var _ = kube.resume(stop); // it is asked for again soon, and acts then
        }
      }
    }
  }

  private void hold(Epoch epoch, long sent) {
    long until = sent + TIME.toNanos();
    var rest = Duration.ofNanos(until - candidacy.nanoTime().getAsLong());
    become(new State.Holding(epoch, until, scheduler.after(rest, () -> end(until))));
  }

  /// What was asked for may have been given or not; what was given before lasts until its end.
  private void unanswered(StopSignal stop, String why, long sent) {
    switch (state.get()) {
      case State.Holding holding when !isOver(holding.until()) -> {}
      case State.Holding holding -> become(alone(stop, holding.epoch(), why, sent));
      case State.Minding minding -> become(alone(stop, minding.epoch(), why, sent));
      case State.Idle idle ->
          become(
              idle.lease()
                  .map(epoch -> alone(stop, epoch, why, sent))
                  .orElseGet(() -> new State.Idle(why, Optional.empty(), false)));
      case State.Resigned resigned -> {}
    }
  }

  /// Whoever acted last keeps members running while the store is silent, as long as Kubernetes says
  /// that nobody has acted since.
  private State alone(StopSignal stop, Epoch epoch, String why, long sent) {
    return kube.shows(stop, epoch, candidacy.holder()).known().orElse(false)
        ? new State.Minding(epoch, sent + TIME.toNanos(), Reason.STORE_UNREACHABLE, why)
        : new State.Idle(why, Optional.of(epoch), false);
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
      if (!(next instanceof State.Holding) || isOver(holding.until())) {
        lost.run(); // also if it is given again: a pass that came in between did nothing
      }
    }
    if (before instanceof State.Minding && !(next instanceof State.Minding)) {
      lost.run(); // what it may do has changed
    }
    if (before instanceof State.Resigned) {
      drop(next);
    }
  }

  @Override
  public Optional<Epoch> held() {
    return held(state.get());
  }

  private static Optional<Epoch> held(State last) {
    return switch (last) {
      case State.Holding holding -> Optional.of(holding.epoch());
      case State.Minding minding -> Optional.of(minding.epoch());
      case State.Idle idle -> idle.lease();
      case State.Resigned resigned -> Optional.empty();
    };
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
    return switch (authority()) {
      case Authority.Acting acting -> Optional.empty();
      case Authority.Minding(var epoch, var reason, var why) -> Optional.of(why);
      case Authority.NotActing(var why) -> standsBy ? Optional.empty() : Optional.of(why);
    };
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
    if (last instanceof State.Holding holding) {
      holding.end().close();
    }
    var epoch = held(last);
    if (epoch.isPresent()) {
      try {
        store.release(candidacy.lease(), candidacy.holder(), epoch.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // it ends by itself
      }
    }
  }
}
