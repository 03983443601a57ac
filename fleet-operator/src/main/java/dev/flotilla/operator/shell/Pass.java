package dev.flotilla.operator.shell;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.drain.DrainRules;
import dev.flotilla.operator.core.effect.Errands;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.plan.Planner;
import dev.flotilla.operator.core.retention.Deletion;
import dev.flotilla.operator.core.status.OperationProjector;
import dev.flotilla.operator.core.status.OperationReport;
import dev.flotilla.operator.core.status.StatusProjector;
import dev.flotilla.operator.core.status.StatusReport;
import dev.flotilla.operator.core.status.VolumeCount;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.TenantView;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.ClusterResource.Specification;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.operator.shell.fleet.Fleet;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One pass over one cluster: observe, plan, execute, report.
///
/// It never waits for an engine, a pod or another cluster: what cannot be done now is left to the
/// next pass, which an event or the returned delay brings about. The caller makes sure that a
/// cluster has one pass at a time.
///
/// Source: docs/adr/0002-a-pure-planner.md
public final class Pass {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration REFUSED = Duration.ofSeconds(30);
  private static final Duration UNREAD = Duration.ofSeconds(5);

  /// What wakes a pass counts in thousandths; it must not wake it just before the time has come.
  private static final Duration TICK = Duration.ofMillis(1);

  private final Crew crew;

  Pass(Crew crew) {
    this.crew = crew;
  }

  /// Everything that a pass works with, put together once by [Operator].
  record Crew(
      KubeApi kube,
      KubeCache cache,
      Leadership leadership,
      Rosters rosters,
      Tenants tenants,
      Fleet fleet,
      Observer observer,
      Executor executor,
      EngineWatch engines,
      Announcer announcer,
      StatusPace pace) {}

  /// @throws dev.flotilla.operator.port.StoppedException if the signal fires: nothing is half-done
  ///   by that, the next pass goes on from what is there
  PassEnd run(StopSignal stop, ClusterRef cluster) {
    var resource = crew.cache().cluster(cluster);
    return switch (crew.leadership().authority()) {
      case Authority.Acting(var epoch) -> run(stop, cluster, epoch, resource);
      case Authority.Minding(var epoch, var reason, var why) ->
          mind(stop, cluster, epoch, resource, new Trouble(reason, why));
      case Authority.NotActing notActing -> {
        if (resource.isEmpty()) {
          drop(cluster);
        }
        // Every cluster is looked at again once this operator has taken over.
        yield PassEnd.waiting();
      }
    };
  }

  /// Nothing is recorded, forgotten or rebuilt, and nobody is let go of.
  private PassEnd mind(
      StopSignal stop,
      ClusterRef cluster,
      Epoch epoch,
      Optional<ClusterResource> resource,
      Trouble trouble) {
    if (resource.isEmpty()
        || resource.get().deleting()
        || !(resource.get().specification() instanceof Specification.Legal(var spec))) {
      return PassEnd.waiting();
    }
    return crew.rosters().recall(cluster, resource.get().uid(), epoch)
        ? rounds(stop, cluster, epoch, resource.get(), spec)
        : unread(stop, cluster, resource.get(), trouble);
  }

  private PassEnd run(
      StopSignal stop, ClusterRef cluster, Epoch epoch, Optional<ClusterResource> resource) {
    if (resource.isEmpty()) {
      forget(cluster, epoch);
      return sooner(answerOrphans(stop, cluster), endLeftovers(stop, cluster, epoch));
    }
    return switch (resource.get().specification()) {
      case Specification.Illegal(var message)
          when resource.get().deletion() == Deletion.UNCONFIRMED && mayHoldData(stop, cluster) ->
          reject(stop, cluster, resource.get(), Reason.DELETION_UNCONFIRMED, unconfirmed(message));
      case Specification.Illegal illegal when resource.get().deleting() -> {
        forget(cluster, epoch);
        yield new PassEnd.Stopped(); // Kubernetes stops the pods of an owner that is gone
      }
      case Specification.Illegal(var message) ->
          reject(stop, cluster, resource.get(), Reason.SPEC_REJECTED, message);
      case Specification.Legal(var spec) ->
          crew.rosters()
              .ensure(stop, cluster, resource.get().uid(), epoch)
              .map(trouble -> unread(stop, cluster, resource.get(), trouble))
              .orElseGet(() -> rounds(stop, cluster, epoch, resource.get(), spec));
    };
  }

  private PassEnd rounds(
      StopSignal stop,
      ClusterRef cluster,
      Epoch epoch,
      ClusterResource resource,
      ClusterSpec spec) {
    Set<Step> done = new LinkedHashSet<>();
    crew.fleet().lookAt(cluster, resource);
    var last = new ArrayList<Executor.Taken>();
    for (int round = 0; round < Plan.MAX_ROUNDS; round++) {
      crew.tenants().refresh(stop, cluster);
      var view = crew.observer().observe(cluster, resource, spec, crew.engines());
      crew.fleet().lookAt(view);
      var plan = Planner.plan(view);
      if (plan.isDone(done)) {
        crew.fleet().waits(view, plan);
        return report(stop, epoch, view, plan, last);
      }
      if (!crew.fleet().admits(view, plan)) {
        continue;
      }
      last.clear();
      if (view.isToEnd() && !plan.steps().isEmpty()) {
        crew.fleet().remove(cluster, resource.uid(), view.now());
      }
      last.addAll(crew.executor().execute(stop, cluster, epoch, resource.uid(), plan));
      last.forEach(taken -> release(cluster, taken));
      if (last.stream().noneMatch(taken -> taken.outcome() instanceof Outcome.Done)) {
        return report(stop, epoch, view, plan, last);
      }
      last.forEach(taken -> done.add(taken.step()));
      if (isNewborn(done)) {
        return PassEnd.again(Duration.ZERO); // behind the new databases that have no pods yet
      }
    }
    var view = crew.observer().observe(cluster, resource, spec, crew.engines());
    report(stop, epoch, view, Planner.plan(view), last);
    return PassEnd.again(SOON);
  }

  /// Whether this pass founded the database and made its first pods. Pods take longest, so those of
  /// all new databases come before what follows from any of them: the pass ends without a report.
  private static boolean isNewborn(Set<Step> done) {
    return done.stream().anyMatch(Step.FoundTenant.class::isInstance)
        && done.stream().anyMatch(Step.CreatePod.class::isInstance);
  }

  private void release(ClusterRef cluster, Executor.Taken taken) {
    if (taken.outcome() instanceof Outcome.Done && taken.step() instanceof Step.Release release) {
      crew.engines().released(cluster, release.drain());
    }
  }

  private PassEnd report(
      StopSignal stop, Epoch epoch, ClusterView view, Plan plan, List<Executor.Taken> taken) {
    if (crew.leadership().errands(epoch) == Errands.NOTHING) {
      return PassEnd.again(SOON); // overtaken in this pass: the newer operator reports
    }
    var met = taken.stream().flatMap(step -> step.outcome().held().stream()).toList();
    var report = StatusProjector.project(view, plan, met);
    crew.engines().follow(view.ref(), !isSettled(report), question(view, epoch));
    crew.announcer().tell(view.ref(), holds(plan, met));
    crew.announcer().count(view.ref(), VolumeCount.of(view));
    if (view.identity().deleting()
        && !view.isKeptFromDeletion()
        && view.fresh().known().isPresent()
        && hasNoBody(view)
        && plan.steps().isEmpty()) {
      forget(view.ref(), epoch);
      return new PassEnd.Stopped();
    }
    var words = toWait(view, report);
    var written = words.isPresent() ? new WriteResult.Done() : write(stop, view, report);
    var told = tell(stop, view, written, OperationProjector.project(view, plan, met));
    var wake = plan.wake().map(time -> Duration.between(view.now(), time).plus(TICK));
    return ending(
        Executor.again(taken),
        Stream.concat(wake.stream(), words.stream()).min(Duration::compareTo),
        told,
        plan);
  }

  /// Writes what there is to report of operations. One that ended makes room for the next one: the
  /// database is looked at again soon.
  ///
  /// @param written what became of the database's own status
  private WriteResult tell(
      StopSignal stop, ClusterView view, WriteResult written, List<OperationReport> operations) {
    var result = written;
    for (OperationReport operation : operations) {
      var told = crew.kube().writeOperation(stop, view.ref(), operation);
      if (!(told instanceof WriteResult.Done)) {
        result = told;
      } else if (operation.ending().isPresent() && written instanceof WriteResult.Done) {
        result = new WriteResult.RetryAfter(SOON, "an operation has just ended");
      }
    }
    return result;
  }

  private WriteResult write(StopSignal stop, ClusterView view, StatusReport report) {
    var written = crew.kube().writeStatus(stop, view.ref(), report);
    if (written instanceof WriteResult.Done) {
      crew.pace().written(view.ref(), report, view.now());
    }
    return written;
  }

  /// How far a drain has got changes with each look at the engine.
  private Optional<Duration> toWait(ClusterView view, StatusReport report) {
    return view.members().stream().anyMatch(member -> member.openDrain().isPresent())
        ? crew.pace().toWait(view.ref(), report, view.now())
        : Optional.empty();
  }

  /// A database may come after the operation that is about it.
  private PassEnd answerOrphans(StopSignal stop, ClusterRef cluster) {
    boolean told =
        crew.cache().requests(cluster).stream()
            .filter(request -> !request.over())
            .map(request -> OperationProjector.orphaned(request, cluster.name()))
            .map(report -> crew.kube().writeOperation(stop, cluster, report))
            .allMatch(WriteResult.Done.class::isInstance);
    return told ? PassEnd.waiting() : PassEnd.again(REFUSED);
  }

  /// Volumes outlive their database for as long as they say themselves.
  private PassEnd endLeftovers(StopSignal stop, ClusterRef cluster, Epoch epoch) {
    if (crew.cache().fresh().known().isEmpty()) {
      return PassEnd.again(UNREAD);
    }
    var left = crew.cache().volumes(cluster).values();
    crew.announcer().count(cluster, VolumeCount.ofLeftovers(left));
    var plan = crew.observer().leftovers(left);
    var taken = crew.executor().execute(stop, cluster, epoch, "", plan);
    var wake = plan.wake().map(crew.observer()::until);
    return new PassEnd.Waiting(
        Stream.concat(Executor.again(taken).stream(), wake.stream()).min(Duration::compareTo));
  }

  private static PassEnd sooner(PassEnd left, PassEnd right) {
    return new PassEnd.Waiting(
        Stream.of(left, right)
            .flatMap(
                end -> end instanceof PassEnd.Waiting(var again) ? again.stream() : Stream.of())
            .min(Duration::compareTo));
  }

  /// It is told as an event too: an object that does not fit its schema takes no status.
  private PassEnd reject(
      StopSignal stop,
      ClusterRef cluster,
      ClusterResource resource,
      Reason reason,
      String message) {
    var hold = new Hold("Pass", reason, Optional.empty(), message);
    crew.announcer().tell(cluster, List.of(hold));
    var written = sayBlind(stop, cluster, resource, reason, message);
    return ending(Optional.empty(), Optional.empty(), written, Plan.NOTHING);
  }

  /// Whether a database of which no view can be made may hold data: one was formed once, or that is
  /// not known.
  private boolean mayHoldData(StopSignal stop, ClusterRef cluster) {
    crew.tenants().refresh(stop, cluster);
    boolean neverFormed =
        crew.tenants()
            .view(cluster)
            .known()
            .filter(tenant -> tenant.flatMap(TenantView::formed).isEmpty())
            .isPresent();
    return !neverFormed
        || crew.cache().fresh().known().isEmpty()
        || crew.cache().volumes(cluster).values().stream()
            .flatMap(volume -> volume.trusted().stream())
            .anyMatch(record -> record.engineUuid().isPresent());
  }

  private static String unconfirmed(String message) {
    return "The database was deleted and holds data, and nobody has confirmed that it shall go, so nothing is stopped. Set metadata.annotations[flotilla.dev/confirm-delete] to NAME/UID if it shall go. Its specification is not legal either: "
        + message;
  }

  /// Nothing is planned on a record of members that may have holes.
  private PassEnd unread(
      StopSignal stop, ClusterRef cluster, ClusterResource resource, Trouble trouble) {
    var message = "The record of members is not complete: %s.".formatted(trouble.why());
    var hold = new Hold("Pass", trouble.reason(), Optional.empty(), message);
    crew.announcer().tell(cluster, List.of(hold));
    sayBlind(stop, cluster, resource, trouble.reason(), message);
    return PassEnd.again(UNREAD);
  }

  /// Says that a pass over the cluster failed by a fault of the operator itself. The words of the
  /// fault are for the log alone: nobody knows what is in them.
  void sayFault(StopSignal stop, ClusterRef cluster, RuntimeException fault) {
    var resource = crew.cache().cluster(cluster);
    if (resource.isEmpty() || !(crew.leadership().authority() instanceof Authority.Acting)) {
      return;
    }
    var message =
        "The operator met a fault of its own (%s) and leaves this cluster as it is. Report it with the operator's log."
            .formatted(fault.getClass().getSimpleName());
    var hold = new Hold("Pass", Reason.INTERNAL_ERROR, Optional.empty(), message);
    crew.announcer().tell(cluster, List.of(hold));
    sayBlind(stop, cluster, resource.get(), Reason.INTERNAL_ERROR, message);
  }

  private WriteResult sayBlind(
      StopSignal stop,
      ClusterRef cluster,
      ClusterResource resource,
      Reason reason,
      String message) {
    crew.pace().forget(cluster); // what comes after this is news
    var report = StatusReport.blind(resource.generation(), reason, message, cluster.name());
    return crew.kube().writeStatus(stop, cluster, report);
  }

  private static PassEnd ending(
      Optional<Duration> again, Optional<Duration> wake, WriteResult written, Plan plan) {
    boolean leftOver = !plan.steps().isEmpty();
    Optional<Duration> next =
        switch (written) {
          case WriteResult.Done done -> leftOver ? Optional.of(SOON) : Optional.empty();
          case WriteResult.Rejected(var code, var cause, var message)
              when cause == WriteResult.Cause.INVALID ->
              Optional.of(REFUSED); // the same status will be refused again
          case WriteResult failed -> Optional.of(SOON);
        };
    return new PassEnd.Waiting(
        Stream.concat(again.or(() -> next).stream(), wake.stream()).min(Duration::compareTo));
  }

  private static List<Hold> holds(Plan plan, List<Hold> met) {
    var holds = new ArrayList<>(plan.holds());
    holds.addAll(met);
    return holds;
  }

  /// What its engine is asked beside: what members hold only while one leaves, or is too many. What
  /// it keeps data off is asked at rest, too: somebody may have written it.
  private static Optional<EngineWatch.Question> question(ClusterView view, Epoch epoch) {
    var asked = DrainRules.asked(view);
    boolean tooMany = view.spec().pools().stream().anyMatch(pool -> view.tooMany(pool) > 0);
    var depth = tooMany || !asked.isEmpty() ? EngineWatch.Depth.ALL : EngineWatch.Depth.MARKS;
    return view.drainage().map(drainage -> new EngineWatch.Question(depth, asked, epoch));
  }

  private static boolean isSettled(StatusReport report) {
    return report.condition(ConditionType.SETTLED).truth() == StatusReport.Truth.TRUE;
  }

  private static boolean hasNoBody(ClusterView view) {
    return view.members().stream().allMatch(member -> member.pod().isEmpty());
  }

  /// What is recorded goes only if the watches are sure that nothing of the cluster is left.
  private void forget(ClusterRef cluster, Epoch epoch) {
    if (crew.cache().fresh().known().isPresent()) {
      crew.rosters().forget(cluster, epoch);
    }
    drop(cluster);
  }

  private void drop(ClusterRef cluster) {
    crew.engines().drop(cluster);
    crew.rosters().drop(cluster);
    crew.tenants().doubt(cluster);
    crew.fleet().forget(cluster);
    crew.announcer().forget(cluster);
    crew.pace().forget(cluster);
  }
}
