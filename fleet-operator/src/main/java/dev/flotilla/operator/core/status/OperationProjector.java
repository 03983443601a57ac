package dev.flotilla.operator.core.status;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.estimate.Outlook;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.request.Asked;
import dev.flotilla.operator.core.request.Ending;
import dev.flotilla.operator.core.request.Fate;
import dev.flotilla.operator.core.status.OperationReport.Left;
import dev.flotilla.operator.core.status.OperationReport.Phase;
import dev.flotilla.operator.core.status.OperationReport.Target;
import dev.flotilla.operator.core.status.StatusReport.Condition;
import dev.flotilla.operator.core.status.StatusReport.Truth;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.Drainage.Emptiness;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.MemberName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// From requests and what is planned to what is reported of them. Pure. One that is over is not
/// reported again: how it ended stays as it was written.
public final class OperationProjector {

  private OperationProjector() {}

  /// @param met what stood in the way while the plan was carried out
  public static List<OperationReport> project(ClusterView view, Plan plan, List<Hold> met) {
    var holds = new ArrayList<>(plan.holds());
    holds.addAll(met);
    return Asked.open(view).stream().map(asked -> report(asked, holds)).toList();
  }

  /// What is said of a request whose database is not there: it may still come.
  public static OperationReport orphaned(Request request, String cluster) {
    var message =
        "spec.clusterName is %s, and this namespace has no such database. Create it, or delete the operation."
            .formatted(cluster);
    return report(
        request,
        Phase.WAITING,
        Optional.empty(),
        new Said(Reason.OPERATION_REJECTED, message),
        Optional.empty(),
        request.order().members().stream().map(name -> new Target(name, Fate.WAITING)).toList());
  }

  /// What matters most about it.
  private record Said(Reason reason, String message) {}

  private static OperationReport report(Asked asked, List<Hold> holds) {
    var ending = asked.ending();
    return report(
        asked.request(),
        ending.map(it -> Phase.ENDED).orElseGet(() -> phase(asked.fates())),
        ending,
        ending.map(it -> ended(asked, it)).orElseGet(() -> waits(asked, holds)),
        left(asked),
        asked.names().stream().map(name -> new Target(name, asked.fate(name))).toList());
  }

  private static OperationReport report(
      Request request,
      Phase phase,
      Optional<Ending> ending,
      Said said,
      Optional<Left> left,
      List<Target> members) {
    return new OperationReport(
        request.name(),
        request.uid(),
        request.generation(),
        phase,
        ending,
        said.reason(),
        said.message(),
        left,
        members,
        OperationReport.CONDITIONS.stream().map(type -> condition(type, phase, said)).toList());
  }

  private static Phase phase(List<Fate> fates) {
    if (fates.contains(Fate.CANCELLING)) {
      return Phase.CANCELLING;
    }
    if (fates.contains(Fate.DRAINING)) {
      return Phase.DRAINING;
    }
    if (fates.contains(Fate.RESTARTING)) {
      return Phase.RESTARTING;
    }
    if (fates.contains(Fate.PREPARING)) {
      return Phase.PREPARING;
    }
    return fates.contains(Fate.REMOVING) ? Phase.REMOVING : Phase.WAITING;
  }

  private static Said ended(Asked asked, Ending ending) {
    var removed = names(asked, Fate.REMOVED);
    return switch (ending) {
      case DRAINED, REPLACED ->
          new Said(
              Reason.AS_WANTED,
              "Removed: %s. Their volumes are kept: %s.%s"
                  .formatted(removed, removed.replaceAll("(^|, )", "$1data-"), successors(asked)));
      case RESTARTED ->
          new Said(
              Reason.AS_WANTED,
              "%d members were restarted and serve.".formatted(count(asked, Fate.RESTARTED)));
      case CANCELLED -> undone(asked, "It was taken back");
      case TIMED_OUT ->
          undone(
              asked, "Its time was over at %s".formatted(asked.request().order().deadline().at()));
      case INFEASIBLE -> undone(asked, "What a member holds has no other place");
      case FAILED -> new Said(Reason.OPERATION_REJECTED, asked.objection().orElseThrow());
    };
  }

  /// Who took their places, as far as they are still there.
  private static String successors(Asked asked) {
    var names =
        asked.names().stream()
            .flatMap(asked.view()::successors)
            .map(member -> member.name().value())
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " In their places: %s.".formatted(names);
  }

  private static long count(Asked asked, Fate fate) {
    return asked.fates().stream().filter(fate::equals).count();
  }

  /// A restart is not undone: who was restarted was.
  private static Said undone(Asked asked, String why) {
    if (asked.request().order().kind() == Request.Kind.RESTART) {
      return new Said(
          Reason.OPERATION_UNDONE,
          why
              + ". %d of %d members were restarted by then, and no other is."
                  .formatted(
                      asked.fates().size() - count(asked, Fate.WAITING), asked.fates().size()));
    }
    var removed = names(asked, Fate.REMOVED);
    return new Said(
        Reason.OPERATION_UNDONE,
        removed.isEmpty()
            ? why + ". Every member serves as before, and nothing of it is left in the engine."
            : why
                + ". Too late for %s: removed, with the volume kept. All others serve as before."
                    .formatted(removed));
  }

  private static String names(Asked asked, Fate fate) {
    return asked.names().stream()
        .filter(name -> asked.fate(name) == fate)
        .collect(Collectors.joining(", "));
  }

  /// What holds back one of its members, or whoever is to take its place; before it has begun, also
  /// what holds everybody back.
  private static Said waits(Asked asked, List<Hold> holds) {
    var names =
        Stream.concat(
                asked.names().stream(),
                asked.names().stream()
                    .flatMap(asked.view()::successors)
                    .map(it -> it.name().value()))
            .toList();
    var own =
        holds.stream()
            .filter(
                hold -> hold.subject().map(MemberName::value).filter(names::contains).isPresent())
            .toList();
    return Stream.of(Attention.PROBLEM, Attention.WORKING)
        .flatMap(kind -> own.stream().filter(hold -> hold.reason().attention() == kind))
        .findFirst()
        .map(hold -> new Said(hold.reason(), hold.message()))
        .orElseGet(() -> unhindered(asked));
  }

  private static Said unhindered(Asked asked) {
    if (asked.view().identity().deleting()) {
      return new Said(Reason.DELETING, "The database is being deleted.");
    }
    return switch (phase(asked.fates())) {
      case WAITING, ENDED ->
          asked.request().order().kind() == Request.Kind.RESTART
              ? new Said(Reason.RESTARTING, "Its members wait for their turn.")
              : new Said(Reason.DRAINING, "It is about to begin.");
      case PREPARING -> new Said(Reason.REPLACING, "A new member is coming." + successors(asked));
      case DRAINING -> new Said(Reason.DRAINING, "Data is moving away.");
      case RESTARTING ->
          new Said(
              Reason.RESTARTING,
              "%s is coming back; %d of %d were restarted."
                  .formatted(
                      names(asked, Fate.RESTARTING),
                      count(asked, Fate.RESTARTED),
                      asked.fates().size()));
      case CANCELLING -> new Said(Reason.DRAIN_UNDONE, "It is being taken back.");
      case REMOVING ->
          new Said(Reason.DRAINING, "%s is going.".formatted(names(asked, Fate.REMOVING)));
    };
  }

  private static Optional<Left> left(Asked asked) {
    return asked.names().stream()
        .filter(name -> asked.fate(name) == Fate.DRAINING)
        .flatMap(name -> asked.drain(name).stream())
        .flatMap(drain -> asked.view().drainage().flatMap(it -> left(it, drain)).stream())
        .reduce(Left::and);
  }

  private static Optional<Left> left(Drainage drainage, DrainRecord drain) {
    var nothing = new Left(0, 0, new Outlook.Unclear());
    return switch (drainage.emptiness(drain)) {
      case Emptiness.Holding(var copies, var bytes) ->
          Optional.of(new Left(copies, bytes, drainage.outlook(drain.member())));
      case Emptiness.Empty empty -> Optional.of(nothing);
      case Emptiness.ReadOnce once -> Optional.of(nothing);
      case Emptiness.CopiesNowhere nowhere -> Optional.of(nothing);
      case Emptiness.Unsure unsure -> Optional.empty();
    };
  }

  private static Condition condition(ConditionType type, Phase phase, Said said) {
    return new Condition(type, truth(type, phase, said.reason()), said.reason(), said.message());
  }

  private static Truth truth(ConditionType type, Phase phase, Reason reason) {
    boolean is =
        switch (type) {
          case ACCEPTED -> reason != Reason.OPERATION_REJECTED;
          case SETTLED -> phase == Phase.ENDED;
          case STALLED -> phase != Phase.ENDED && reason.attention() == Attention.PROBLEM;
          default -> phase != Phase.ENDED && phase != Phase.WAITING;
        };
    return is ? Truth.TRUE : Truth.FALSE;
  }
}
