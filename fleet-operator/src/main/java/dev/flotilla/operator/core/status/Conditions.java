package dev.flotilla.operator.core.status;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.status.StatusReport.Condition;
import dev.flotilla.operator.core.status.StatusReport.Truth;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.VolumeView;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Each condition as a function of the situation. All are reported at every pass; what is not known
/// is Unknown.
///
/// Source: UX-22 in docs/requirements.md.
final class Conditions {

  private static final List<Reason> STORE_TROUBLE =
      List.of(
          Reason.STORE_REBUILDING,
          Reason.STORE_UNREACHABLE,
          Reason.STORE_DAMAGED,
          Reason.STORE_HALTED);

  private Conditions() {}

  static List<Condition> of(Situation situation) {
    return Arrays.stream(ConditionType.values()).map(type -> of(type, situation)).toList();
  }

  /// The conditions when nothing could be looked at: some say why, and no other is known.
  static List<Condition> blind(Reason reason, String message) {
    return Arrays.stream(ConditionType.values())
        .map(type ->
            concerned(type, reason)
                .map(truth -> new Condition(type, truth, reason, message))
                .orElseGet(() ->
                    new Condition(
                        type,
                        Truth.UNKNOWN,
                        Reason.NOT_OBSERVED,
                        "Nothing was looked at. " + reason.meaning())))
        .toList();
  }

  private static Optional<Truth> concerned(ConditionType type, Reason reason) {
    return switch (type) {
      case ACCEPTED -> reason == Reason.SPEC_REJECTED ? Optional.of(Truth.FALSE) : Optional.empty();
      case STORE_REACHABLE ->
          STORE_TROUBLE.contains(reason) ? Optional.of(Truth.FALSE) : Optional.empty();
      case DELETION_BLOCKED ->
          reason == Reason.DELETION_UNCONFIRMED ? Optional.of(Truth.TRUE) : Optional.empty();
      case STALLED ->
          reason.attention() == Attention.PROBLEM ? Optional.of(Truth.TRUE) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Condition of(ConditionType type, Situation situation) {
    return switch (type) {
      case ACCEPTED ->
          yes(
              type,
              "Generation %d is worked on.".formatted(situation.view().identity().generation()));
      case AVAILABLE -> available(type, situation);
      case READY -> ready(type, situation);
      case SETTLED -> settled(type, situation);
      case ZONES_SATISFIED -> zones(type, situation);
      case STORAGE_READY -> storage(type, situation);
      case UP_TO_DATE -> upToDate(type, situation);
      case STORE_REACHABLE -> store(type, situation);
      case PROGRESSING -> progressing(type, situation);
      case STALLED -> stalled(type, situation);
      case DELETION_BLOCKED -> deletion(type, situation);
    };
  }

  private static Condition available(ConditionType type, Situation situation) {
    return switch (situation.view().engine()) {
      case Reading.Unknown<EngineReport>(var why) when situation.view().formed().isEmpty() ->
          new Condition(
              type,
              Truth.FALSE,
              Reason.ENGINE_NOT_FORMED,
              "No database has been formed yet: %s.".formatted(why));
      case Reading.Unknown<EngineReport>(var why) ->
          new Condition(
              type, Truth.UNKNOWN, Reason.ENGINE_UNREADABLE, "The engine: %s.".formatted(why));
      case Reading.Known<EngineReport>(var report, var at)
          when report.health() == EngineReport.Health.RED ->
          new Condition(
              type,
              Truth.FALSE,
              Reason.PRIMARY_MISSING,
              "The engine says red: at least one shard has no primary.");
      case Reading.Known<EngineReport> known when !situation.isServing() ->
          new Condition(
              type,
              Truth.FALSE,
              Reason.JOINING,
              "The engine answers, but no member's pod is ready.");
      case Reading.Known<EngineReport>(var report, var at)
          when report.health() == EngineReport.Health.YELLOW ->
          new Condition(
              type,
              Truth.TRUE,
              Reason.COPIES_MISSING,
              "The engine says yellow: some copies are missing.");
      case Reading.Known<EngineReport> green -> yes(type, "The engine says green.");
    };
  }

  private static Condition ready(ConditionType type, Situation situation) {
    var count =
        "%d of %d wanted members are active.".formatted(situation.active(), situation.wanted());
    if (situation.isServing() && situation.isComplete()) {
      return yes(type, count);
    }
    if (situation.view().engine() instanceof Reading.Unknown<EngineReport>(var why)
        && situation.view().formed().isPresent()
        && situation.problem().isEmpty()) {
      return new Condition(
          type, Truth.UNKNOWN, Reason.ENGINE_UNREADABLE, "The engine: %s.".formatted(why));
    }
    return situation
        .problem()
        .map(hold -> no(type, hold))
        .orElseGet(() -> new Condition(type, Truth.FALSE, unfinished(situation), count));
  }

  private static Reason unfinished(Situation situation) {
    var activity = situation.activity();
    return activity == Reason.AS_WANTED ? Reason.JOINING : activity;
  }

  private static Condition settled(ConditionType type, Situation situation) {
    if (situation.problem().isPresent()) {
      return no(type, situation.problem().get());
    }
    if (situation.waiting().isPresent()) {
      return no(type, situation.waiting().get());
    }
    return situation.steps() > 0 || !situation.isComplete() || !situation.isServing()
        ? new Condition(type, Truth.FALSE, unfinished(situation), "Work is going on.")
        : yes(type, "Nothing runs and nothing is pending.");
  }

  private static Condition zones(ConditionType type, Situation situation) {
    var hold = situation.hold(Reason.ZONES_INSUFFICIENT, Reason.ZONE_REMOVAL_HELD);
    if (hold.isPresent()) {
      return no(type, hold.get());
    }
    var view = situation.view();
    return view.spec().zones().stream()
        .filter(zone -> !view.terrain().isUsable(zone))
        .findFirst()
        .map(zone ->
            new Condition(
                type,
                Truth.FALSE,
                Reason.ZONES_INSUFFICIENT,
                "Zone %s has no node that can take a member. Bring one back or add one."
                    .formatted(zone)))
        .orElseGet(() -> yes(type, "%d zones have nodes.".formatted(view.spec().zones().size())));
  }

  private static Condition storage(ConditionType type, Situation situation) {
    var hold =
        situation.hold(
            Reason.STORAGE_CLASS_MISSING,
            Reason.STORAGE_BLOCKED,
            Reason.VOLUME_LOST,
            Reason.VOLUME_SUSPECT,
            Reason.VOLUME_TERMINATING,
            Reason.REPLACEMENT_HELD,
            Reason.DATA_MISSING);
    if (hold.isPresent()) {
      return no(type, hold.get());
    }
    var members = situation.view().members();
    long bound = members.stream().filter(Conditions::isBound).count();
    var count = "%d of %d volumes are bound.".formatted(bound, situation.wanted());
    return bound == situation.wanted()
        ? yes(type, count)
        : new Condition(type, Truth.FALSE, Reason.CREATING, count);
  }

  private static boolean isBound(MemberView member) {
    return member.volume().filter(volume -> volume.phase() == VolumeView.Phase.BOUND).isPresent();
  }

  private static Condition upToDate(ConditionType type, Situation situation) {
    return situation
        .hold(Reason.CHANGE_HELD, Reason.RESTARTING, Reason.ENGINE_VERSION_MISMATCH)
        .map(hold -> no(type, hold))
        .orElseGet(() -> yes(type, "Every member runs what is wanted."));
  }

  private static Condition store(ConditionType type, Situation situation) {
    return switch (situation.view().authority()) {
      case Authority.Acting acting -> yes(type, "Members are recorded.");
      case Authority.Minding(var epoch, var reason, var why) ->
          new Condition(type, Truth.FALSE, reason, why);
      case Authority.NotActing(var why) ->
          new Condition(type, Truth.UNKNOWN, Reason.NOT_ACTING, why);
    };
  }

  private static Condition progressing(ConditionType type, Situation situation) {
    var activity = situation.activity();
    return activity == Reason.AS_WANTED
        ? new Condition(type, Truth.FALSE, Reason.AS_WANTED, "Nothing is being changed.")
        : new Condition(
            type,
            Truth.TRUE,
            activity,
            "%d of %d wanted members are active."
                .formatted(situation.active(), situation.wanted()));
  }

  private static Condition stalled(ConditionType type, Situation situation) {
    return situation
        .problem()
        .map(hold -> new Condition(type, Truth.TRUE, hold.reason(), hold.message()))
        .orElseGet(() ->
            new Condition(type, Truth.FALSE, Reason.AS_WANTED, "Nothing waits for a person."));
  }

  private static Condition deletion(ConditionType type, Situation situation) {
    return situation
        .hold(Reason.DELETION_UNCONFIRMED, Reason.BREAKER_OPEN, Reason.FLEET_POLICY_UNKNOWN)
        .filter(hold -> situation.view().identity().deleting())
        .map(hold -> new Condition(type, Truth.TRUE, hold.reason(), hold.message()))
        .or(() ->
            silentNode(situation)
                .map(node ->
                    new Condition(
                        type,
                        Truth.TRUE,
                        Reason.NODE_UNKNOWN,
                        "Node %s does not answer, so its pod cannot be stopped. Bring it back or declare it out of service."
                            .formatted(node))))
        .orElseGet(() ->
            new Condition(type, Truth.FALSE, Reason.AS_WANTED, "Nothing keeps it from going."));
  }

  private static Optional<String> silentNode(Situation situation) {
    var view = situation.view();
    return view.identity().deleting()
        ? view.members().stream()
            .flatMap(member -> member.pod().stream())
            .filter(PodView::terminating)
            .flatMap(pod -> pod.node().stream())
            .filter(node -> view.terrain().node(node).filter(NodeView::ready).isEmpty())
            .findFirst()
        : Optional.empty();
  }

  private static Condition yes(ConditionType type, String message) {
    return new Condition(type, Truth.TRUE, Reason.AS_WANTED, message);
  }

  private static Condition no(ConditionType type, Hold hold) {
    return new Condition(type, Truth.FALSE, hold.reason(), hold.message());
  }
}
