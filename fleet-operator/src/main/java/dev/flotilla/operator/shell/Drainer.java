package dev.flotilla.operator.shell;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.step.StepType;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.operator.port.MarkResult;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/// Carries out the steps of a drain that need the engine, and asks it before a restart.
///
/// A mark stands in the drain's record before it is written to the engine, and is taken off the
/// record only after the engine has acknowledged a write that took it away, and showed that it is
/// gone.
///
/// Source: R1, D5, D14 in docs/requirements.md; docs/adr/0022-a-drain-is-a-record.md
final class Drainer {

  /// Passes that wait for engines at the same time: half of all that run, so that engines which
  /// take requests and do not answer leave passes to everybody else.
  private static final int AT_ONCE = 16;

  private static final Duration SOON = Duration.ofSeconds(2);

  private final Semaphore places = new Semaphore(AT_ONCE);
  private final EnginePort engine;
  private final Function<ClusterRef, Optional<EnginePort.Access>> access;
  private final Commits commits;

  Drainer(
      EnginePort engine,
      Function<ClusterRef, Optional<EnginePort.Access>> access,
      Commits commits) {
    this.engine = engine;
    this.access = access;
    this.commits = commits;
  }

  Outcome mark(StopSignal stop, ClusterRef cluster, Epoch epoch, Step.Mark step) {
    return placed(() -> marked(stop, cluster, epoch, step));
  }

  Outcome release(StopSignal stop, ClusterRef cluster, Epoch epoch, Step.Release step) {
    return placed(() -> released(stop, cluster, epoch, step));
  }

  Outcome giveUp(StopSignal stop, ClusterRef cluster, Epoch epoch, Step.GiveUp step) {
    return placed(() -> givenUp(stop, cluster, epoch, step));
  }

  private Outcome placed(Supplier<Outcome> act) {
    return placed(act, Function.identity());
  }

  /// @param refusal what to return in place of the act's result if there is no place
  private <T> T placed(Supplier<T> act, Function<Outcome, T> refusal) {
    if (!places.tryAcquire()) {
      return refusal.apply(new Outcome.RetryAfter(SOON));
    }
    try {
      return act.get();
    } finally {
      places.release();
    }
  }

  private Outcome marked(StopSignal stop, ClusterRef cluster, Epoch epoch, Step.Mark step) {
    return order(stop, cluster, epoch, step, MarkOrder.mark(Set.of(step.drain().member())))
        .orElseGet(Outcome.Done::new);
  }

  private Outcome released(StopSignal stop, ClusterRef cluster, Epoch epoch, Step.Release step) {
    var drain = step.drain();
    var order =
        drain.purpose() instanceof DrainRecord.Purpose.Reclaim(var setting, var entry)
            ? MarkOrder.strike(new MarkOrder.Entry(setting, entry))
            : MarkOrder.release(Set.of(drain.member()));
    return order(stop, cluster, epoch, step, order)
        .orElseGet(() ->
            commits.commit(cluster, epoch, step.expected(), List.of(), List.of(drain.released())));
  }

  /// Hours may have passed since the plan, or a moment: what counts is what the engine says now.
  private Outcome givenUp(StopSignal stop, ClusterRef cluster, Epoch epoch, Step.GiveUp step) {
    var drain = step.drain();
    var how = access.apply(cluster);
    if (how.isEmpty()) {
      return refused(step, "none of its members has an address");
    }
    var unmarked = order(stop, cluster, epoch, step, MarkOrder.mark(Set.of(drain.member())));
    if (unmarked.isPresent()) {
      return unmarked.get(); // without its mark it may be given something right after
    }
    Reading<Evacuation> now =
        engine.evacuation(stop, how.get(), errand(step, drain, epoch), Set.of(drain.member()));
    return switch (Drainage.once(now, drain)) {
      case Drainage.Emptiness.Empty empty ->
          commits.commit(cluster, epoch, step.expected(), List.of(), List.of(drain.givenUp()));
      case Drainage.Emptiness.Unsure(var why) -> refused(step, why);
      case Drainage.Emptiness notEmpty -> new Outcome.Outdated();
    };
  }

  /// Why a member is not to be restarted now; empty if it may be.
  ///
  /// A plan is made on the engine's last report, which may be from before the last member was
  /// ended: Kubernetes says that its new pod is ready, the report still says that nothing is
  /// missing, and the copies that it brings back are not there yet. Asked now, the engine knows of
  /// that.
  ///
  /// Source: docs/adr/0026-a-restart-remembers-nothing.md
  Optional<Outcome> objection(StopSignal stop, ClusterRef cluster, Step.RestartPod step) {
    return placed(() -> objection(step, asked(stop, cluster)), Optional::of);
  }

  private Reading<EngineReport> asked(StopSignal stop, ClusterRef cluster) {
    return access
        .apply(cluster)
        .map(how -> engine.observe(stop, how))
        .orElseGet(() -> new Reading.Unknown<>("none of its members has an address"));
  }

  /// @param now what the engine says right before
  static Optional<Outcome> objection(Step.RestartPod step, Reading<EngineReport> now) {
    return switch (now) {
      case Reading.Unknown<EngineReport>(var why) -> Optional.of(refused(step, why));
      case Reading.Known<EngineReport>(var report, var at) when allows(step, report) ->
          Optional.empty();
      case Reading.Known<EngineReport> known -> Optional.of(new Outcome.Outdated());
    };
  }

  private static boolean allows(Step.RestartPod step, EngineReport report) {
    return step.idle()
        ? report.node(step.member().value()).isEmpty()
        : report.health() == EngineReport.Health.GREEN
            && step.others().stream().allMatch(name -> report.node(name.value()).isPresent());
  }

  /// Has the engine's marks changed, unless that was done already.
  ///
  /// @return why it is not certain that they are as ordered; empty if it is
  private Optional<Outcome> order(
      StopSignal stop, ClusterRef cluster, Epoch epoch, Step step, MarkOrder order) {
    var how = access.apply(cluster);
    if (how.isEmpty()) {
      return Optional.of(refused(step, "none of its members has an address"));
    }
    var result = engine.sync(stop, how.get(), errand(step, step.subject(), epoch), order);
    return switch (result) {
      case MarkResult.Held held when held.acknowledged() || !order.takesAway() -> Optional.empty();
      case MarkResult.Held held ->
          Optional.of(unconfirmed(step, "it has not acknowledged the change"));
      case MarkResult.Refused(var why) -> Optional.of(refused(step, why));
      case MarkResult.Unconfirmed(var why) -> Optional.of(unconfirmed(step, why));
    };
  }

  private static Errand errand(Step step, DrainRecord drain, Epoch epoch) {
    return errand(step, Optional.of(drain.member()), epoch);
  }

  private static Errand errand(Step step, Optional<MemberName> member, Epoch epoch) {
    return new Errand(
        "drain-" + member.map(MemberName::value).orElse("none"), StepType.of(step).id(), epoch);
  }

  private static Outcome refused(Step step, String why) {
    return new Outcome.Refused(hold(step, why));
  }

  private static Outcome unconfirmed(Step step, String why) {
    return new Outcome.Unconfirmed(hold(step, why));
  }

  private static Hold hold(Step step, String why) {
    return new Hold(
        "Executor",
        Reason.ENGINE_UNREADABLE,
        step.subject(),
        "The engine gave no clear answer to %s: %s.".formatted(StepType.of(step).id(), why));
  }
}
