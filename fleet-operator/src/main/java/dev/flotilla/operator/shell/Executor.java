package dev.flotilla.operator.shell;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.plan.Wake;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.volume.VolumeNews;
import dev.flotilla.operator.port.Credentials;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.Telemetry;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.TenantId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Gives steps their effect: the only caller of write ports.
///
/// Steps are taken in order. After a destructive one it stops, so that the world is looked at
/// again. A step that fails for one member leaves out that member's later steps; one that fails for
/// the cluster leaves out everything after it.
final class Executor {

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final KubeApi kube;
  private final Commits commits;
  private final Drainer drainer;
  private final Tenants tenants;
  private final Credentials credentials;
  private final Leadership leadership;
  private final Telemetry telemetry;
  private final InstantSource clock;

  Executor(
      KubeApi kube,
      Commits commits,
      Drainer drainer,
      Tenants tenants,
      Credentials credentials,
      Leadership leadership,
      Telemetry telemetry,
      InstantSource clock) {
    this.kube = kube;
    this.commits = commits;
    this.drainer = drainer;
    this.tenants = tenants;
    this.credentials = credentials;
    this.leadership = leadership;
    this.telemetry = telemetry;
    this.clock = clock;
  }

  /// A step with what became of it.
  record Taken(Step step, Outcome outcome) {}

  /// Carries out what a plan says, as far as it goes.
  ///
  /// @param epoch that the plan was made under: under another one it is not carried out
  /// @param clusterUid uid of the cluster's resource: the identity of a tenant that is founded
  /// @throws dev.flotilla.operator.port.StoppedException if the signal fires between or within
  ///   steps
  List<Taken> execute(
      StopSignal stop, ClusterRef cluster, Epoch epoch, String clusterUid, Plan plan) {
    var taken = new ArrayList<Taken>();
    var failed = new TreeSet<MemberName>();
    for (Plan.Planned planned : plan.steps()) {
      var step = planned.step();
      if (step.subject().filter(failed::contains).isPresent()) {
        continue;
      }
      stop.throwIfStopped();
      if (!leadership.errands(epoch).contains(step)) {
        return taken;
      }
      var outcome = timed(stop, new Place(cluster, epoch, clusterUid), step);
      taken.add(new Taken(step, outcome));
      if (!(outcome instanceof Outcome.Done)) {
        if (step.subject().isEmpty()) {
          return taken;
        }
        failed.add(step.subject().get());
      }
      if (step.kind() == Step.Kind.DESTRUCTIVE) {
        return taken;
      }
    }
    return taken;
  }

  /// Where a step is taken, and on whose authority.
  private record Place(ClusterRef cluster, Epoch epoch, String uid) {}

  private Outcome timed(StopSignal stop, Place place, Step step) {
    var cluster = place.cluster();
    var start = clock.instant();
    var outcome = take(stop, place, step);
    telemetry.stepEnded(cluster, step, outcome.word(), Duration.between(start, clock.instant()));
    if (outcome instanceof Outcome.Done && step.reason().attention() == Attention.PROBLEM) {
      telemetry.announce(cluster, step.reason(), step.subject(), step.reason().meaning());
    }
    if (outcome instanceof Outcome.Done && step instanceof Step.Commit commit) {
      tell(cluster, commit);
    }
    if (outcome instanceof Outcome.Done) {
      VolumeNews.of(step)
          .ifPresent(news -> telemetry.announce(cluster, step.reason(), step.subject(), news));
    }
    return outcome;
  }

  private void tell(ClusterRef cluster, Step.Commit commit) {
    for (var drain : commit.drains()) {
      DrainNews.of(drain)
          .ifPresent(news ->
              telemetry.announce(
                  cluster, news.reason(), Optional.of(drain.member()), news.message()));
    }
  }

  private Outcome take(StopSignal stop, Place place, Step step) {
    var cluster = place.cluster();
    return switch (step) {
      case Step.FoundTenant s -> foundTenant(stop, cluster, new TenantId(place.uid()), s);
      case Step.Commit s ->
          commits.commit(cluster, place.epoch(), s.expected(), s.members(), s.drains());
      case Step.NoteDrain s -> outcome(s, kube.noteDrain(stop, s));
      case Step.Mark s -> drainer.mark(stop, cluster, place.epoch(), s);
      case Step.Release s -> drainer.release(stop, cluster, place.epoch(), s);
      case Step.GiveUp s -> drainer.giveUp(stop, cluster, place.epoch(), s);
      case Step.Apply s -> outcome(s, kube.apply(stop, cluster, s.object()));
      case Step.IssueCertificate s -> issue(stop, cluster, s);
      case Step.CreateVolume s -> outcome(s, kube.createVolume(stop, s));
      case Step.GrowVolume s -> outcome(s, kube.growVolume(stop, s));
      case Step.RetainVolume s -> outcome(s, kube.retainVolume(stop, s));
      case Step.DeleteVolume s -> deleted(s, kube.deleteVolume(stop, s));
      case Step.CreatePod s -> createPod(stop, s);
      case Step.NudgePod s -> outcome(s, kube.nudgePod(stop, cluster, s));
      case Step.DeletePod s -> deletePod(stop, cluster, s);
      case Step.RestartPod s ->
          drainer
              .objection(stop, cluster, s)
              .orElseGet(() -> deletePod(stop, cluster, s.deletion()));
      case Step.RecordFormation s -> recordFormation(stop, cluster, s);
      case Step.StampVolume s -> outcome(s, kube.stampVolume(stop, s));
    };
  }

  private Outcome foundTenant(
      StopSignal stop, ClusterRef cluster, TenantId tenant, Step.FoundTenant step) {
    var secret = credentials.found(cluster, tenant);
    var result = kube.createTenant(stop, cluster, secret);
    if (result instanceof WriteResult.Done) {
      tenants.remember(stop, cluster, secret);
    } else {
      tenants.doubt(cluster); // somebody else's may be there: read it, never overwrite it
    }
    return result instanceof WriteResult.Rejected(var code, var cause, var message)
            && cause == WriteResult.Cause.ALREADY_EXISTS
        ? new Outcome.Outdated()
        : outcome(step, result);
  }

  private Outcome issue(StopSignal stop, ClusterRef cluster, Step.IssueCertificate step) {
    return tenants
        .secret(cluster)
        .map(tenant -> issue(stop, tenant, step))
        .orElseGet(Outcome.Outdated::new);
  }

  /// An incomplete Secret is restored by a person, never made whole here: another authority would
  /// sign certificates that the members do not know. Source: V7 in docs/requirements.md.
  private Outcome issue(StopSignal stop, TenantSecret tenant, Step.IssueCertificate step) {
    var objection = credentials.objection(tenant);
    if (objection.isPresent()) {
      var message =
          "The Secret %s-tenant is incomplete: %s. Restore it from a backup."
              .formatted(step.member().cluster().name(), objection.get());
      return new Outcome.Refused(hold(step, Reason.SECRET_MISSING, message));
    }
    var leaf = credentials.issue(tenant, step.member());
    return outcome(step, kube.applyCertificate(stop, step.member(), leaf));
  }

  private Outcome createPod(StopSignal stop, Step.CreatePod step) {
    var result = kube.createPod(stop, step.pod());
    return result instanceof WriteResult.Rejected(var code, var cause, var message)
            && cause == WriteResult.Cause.ALREADY_EXISTS
        ? new Outcome.Waiting() // an older body is still there; its end wakes us
        : outcome(step, result);
  }

  private Outcome deletePod(StopSignal stop, ClusterRef cluster, Step.DeletePod step) {
    return deleted(step, kube.deletePod(stop, cluster, step));
  }

  private static Outcome deleted(Step step, WriteResult result) {
    return switch (result) {
      case WriteResult.Rejected(var code, var cause, var message)
          when cause == WriteResult.Cause.NOT_FOUND || cause == WriteResult.Cause.CHANGED ->
          new Outcome.Outdated();
      default -> outcome(step, result);
    };
  }

  private Outcome recordFormation(StopSignal stop, ClusterRef cluster, Step.RecordFormation step) {
    var result = kube.recordFormation(stop, cluster, step.engineUuid());
    tenants.doubt(cluster);
    return outcome(step, result);
  }

  private static Outcome outcome(Step step, WriteResult result) {
    return switch (result) {
      case WriteResult.Done done -> new Outcome.Done();
      case WriteResult.RetryAfter(var delay, var message) -> new Outcome.RetryAfter(delay);
      case WriteResult.Unconfirmed(var message) ->
          new Outcome.Unconfirmed(
              hold(
                  step,
                  Reason.WRITE_UNCONFIRMED,
                  "Kubernetes gave no clear answer to %s: %s."
                      .formatted(step.getClass().getSimpleName(), message)));
      case WriteResult.Rejected(var code, var cause, var message)
          when cause == WriteResult.Cause.CHANGED ->
          new Outcome.Outdated();
      case WriteResult.Rejected rejected -> new Outcome.Refused(hold(step, rejected));
    };
  }

  private static Hold hold(Step step, WriteResult.Rejected rejected) {
    var reason =
        switch (rejected.cause()) {
          case ALREADY_EXISTS -> Reason.NAME_CONFLICT;
          case FIELD_OWNED -> Reason.FOREIGN_WRITER;
          case FORBIDDEN, INVALID, NOT_FOUND, CHANGED -> Reason.WRITE_REFUSED;
        };
    return hold(
        step,
        reason,
        "Kubernetes refused %s (%d): %s"
            .formatted(step.getClass().getSimpleName(), rejected.code(), rejected.message()));
  }

  private static Hold hold(Step step, Reason reason, String message) {
    return new Hold("Executor", reason, step.subject(), message);
  }

  /// When to try again because of what became of the steps; empty if only an event can help.
  static Optional<Duration> again(List<Taken> taken) {
    return taken.stream()
        .map(Taken::outcome)
        .flatMap(outcome ->
            switch (outcome) {
              case Outcome.Done done -> Optional.<Duration>empty().stream();
              case Outcome.Waiting waiting -> Optional.of(Duration.ofSeconds(5)).stream();
              case Outcome.RetryAfter(var delay) -> Optional.of(delay).stream();
              case Outcome.Refused refused -> Optional.of(Wake.AFTER_REFUSAL).stream();
              case Outcome.Unconfirmed unconfirmed -> Optional.of(LOOK_AGAIN).stream();
              case Outcome.Outdated outdated -> Optional.of(LOOK_AGAIN).stream();
            })
        .min(Duration::compareTo);
  }
}
