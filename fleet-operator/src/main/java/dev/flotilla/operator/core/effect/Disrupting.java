package dev.flotilla.operator.core.effect;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which zones of a database do without a member on purpose: that is what all databases share a
/// budget for.
///
/// Source: docs/adr/0032-a-budget-for-the-fleet.md
public final class Disrupting {

  /// What a member may take to come back, before it is somebody's problem and not a disruption.
  private static final Duration LONGEST_START = Duration.ofMinutes(10);

  private Disrupting() {}

  /// Zones of members that are being drained or removed, and of those that are coming back: also
  /// one that was lost, so that nothing is added to that on purpose. Whoever does not come back in
  /// time is not waited for, or a few broken databases would stop all others.
  public static SortedSet<Zone> now(ClusterView view) {
    return view.members().stream()
        .filter(member ->
            member.openDrain().isPresent()
                || isComingBack(view, member)
                || isBeingLeft(view.standing().endpoints(), member))
        .map(MemberView::zone)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// One that has never joined takes nothing away.
  private static boolean isComingBack(ClusterView view, MemberView member) {
    boolean hasJoined =
        member.volume().flatMap(VolumeView::trusted).flatMap(VolumeRecord::engineUuid).isPresent();
    return hasJoined
        && !(member.isReady() && view.hasJoined(member))
        && member
            .pod()
            .filter(
                pod -> pod.terminating() || pod.created().plus(LONGEST_START).isAfter(view.now()))
            .isPresent();
  }

  /// Whether clients are told to leave a member that is to be restarted.
  private static boolean isBeingLeft(Optional<KeptObject.Endpoints> said, MemberView member) {
    return member
        .pod()
        .filter(pod -> !pod.terminating() && member.openDrain().isEmpty())
        .flatMap(PodView::ip)
        .flatMap(ip -> said.flatMap(endpoints -> endpoints.of(member.name(), ip)))
        .flatMap(KeptObject.Endpoint::leaving)
        .isPresent();
  }

  /// Zones of members that a step begins to disrupt; none for a step that begins nothing. A restart
  /// begins when clients are told to leave its member.
  public static SortedSet<Zone> begunBy(ClusterView view, Step step) {
    var begun =
        switch (step) {
          case Step.RestartPod restart when !restart.idle() -> List.of(restart.member());
          case Step.Apply(KeptObject.Endpoints endpoints, Reason reason) ->
              beingLeft(view, endpoints);
          default -> Leaving.begun(view, step);
        };
    return begun.stream()
        .flatMap(name -> view.member(name).stream())
        .map(MemberView::zone)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<MemberName> beingLeft(ClusterView view, KeptObject.Endpoints endpoints) {
    return view.members().stream()
        .filter(member -> isBeingLeft(Optional.of(endpoints), member))
        .map(MemberView::name)
        .toList();
  }
}
