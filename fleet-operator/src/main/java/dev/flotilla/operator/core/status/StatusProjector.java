package dev.flotilla.operator.core.status;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.status.StatusReport.MemberPhase;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.topology.model.MemberState;
import dev.flotilla.topology.model.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// From what is known and what is planned to what is reported. Pure; nothing is ever decided by
/// what it says.
public final class StatusProjector {

  private StatusProjector() {}

  /// @param met what stood in the way while the plan was carried out
  public static StatusReport project(ClusterView view, Plan plan, List<Hold> met) {
    var holds = new ArrayList<>(plan.holds());
    holds.addAll(met);
    var members = view.members().stream().map(member -> member(view, member, holds)).toList();
    var situation = new Situation(view, plan.steps().size(), holds, members);
    return new StatusReport(
        view.identity().generation(),
        situation.phase(),
        situation.reason(),
        Conditions.of(situation),
        zones(view),
        members,
        view.spec().pools().stream().map(pool -> pool(view, pool)).toList(),
        view.spec().engineVersion(),
        view.formed(),
        view.ref().name());
  }

  private static StatusReport.Member member(ClusterView view, MemberView member, List<Hold> holds) {
    var phase = phase(view, member);
    var reason =
        holds.stream()
            .filter(hold -> hold.subject().filter(member.name()::equals).isPresent())
            .map(Hold::reason)
            .filter(held -> held.attention() == Attention.PROBLEM)
            .findFirst();
    return new StatusReport.Member(
        member.name().value(),
        member.pool().value(),
        member.zone().name(),
        member.node(),
        member.record().volumeName(),
        phase,
        reason.or(() -> reason(phase)));
  }

  private static Optional<Reason> reason(MemberPhase phase) {
    return switch (phase) {
      case ALLOCATED, PROVISIONING -> Optional.of(Reason.CREATING);
      case JOINING -> Optional.of(Reason.JOINING);
      case LOST -> Optional.of(Reason.HEALING);
      case ACTIVE -> Optional.empty();
    };
  }

  static MemberPhase phase(ClusterView view, MemberView member) {
    if (member.volume().isEmpty()) {
      return member.record().state() == MemberState.ALLOCATED
          ? MemberPhase.ALLOCATED
          : MemberPhase.LOST;
    }
    if (member.pod().isEmpty() || member.pod().get().isOver()) {
      return everRan(member) ? MemberPhase.LOST : MemberPhase.PROVISIONING;
    }
    var pod = member.pod().get();
    if (isSilent(view, pod) || pod.terminating()) {
      return MemberPhase.LOST;
    }
    if (pod.phase() == PodView.Phase.PENDING) {
      return MemberPhase.PROVISIONING;
    }
    return pod.ready() && view.hasJoined(member) ? MemberPhase.ACTIVE : MemberPhase.JOINING;
  }

  /// A stamped volume was written by an engine, so its member ran before.
  private static boolean everRan(MemberView member) {
    return member
        .volume()
        .flatMap(volume -> volume.trusted())
        .filter(record -> record.engineUuid().isPresent())
        .isPresent();
  }

  private static boolean isSilent(ClusterView view, PodView pod) {
    return pod.node()
        .filter(node -> view.terrain().node(node).filter(NodeView::ready).isEmpty())
        .isPresent();
  }

  private static List<StatusReport.ZoneCount> zones(ClusterView view) {
    return view.spec().zones().stream()
        .map(zone ->
            new StatusReport.ZoneCount(
                zone.name(), count(view, zone, false), count(view, zone, true)))
        .toList();
  }

  private static int count(ClusterView view, Zone zone, boolean readyOnly) {
    return (int)
        view.members().stream()
            .filter(member -> member.zone().equals(zone))
            .filter(member -> !readyOnly || member.isReady())
            .count();
  }

  private static StatusReport.Pool pool(ClusterView view, PoolSpec pool) {
    var members = view.membersOf(pool.name());
    var zones =
        view.spec().zones().stream()
            .map(zone ->
                zone.name() + members.stream().filter(member -> member.zone().equals(zone)).count())
            .collect(Collectors.joining(" "));
    int ready = (int) members.stream().filter(MemberView::isReady).count();
    return new StatusReport.Pool(pool.name(), view.wanted(pool), members.size(), ready, zones);
  }
}
