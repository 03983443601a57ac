package dev.flotilla.operator.core.drain;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.Stake;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Begins drains, for whatever rule wants members to go.
final class NewDrains {

  private NewDrains() {}

  /// Records them all at once, before the engine hears of any.
  ///
  /// @param epoch of the operator that acts
  static Step.Commit of(
      ClusterView view,
      Epoch epoch,
      Collection<MemberName> members,
      DrainRecord.Purpose purpose,
      Deadline deadline) {
    var drains =
        members.stream().map(member -> begun(view, epoch, member, purpose, deadline)).toList();
    var reason =
        drains.stream().anyMatch(drain -> drain.abandoned().isPresent())
            ? Reason.DRAIN_SKIPPED
            : Reason.DRAINING;
    return new Step.Commit(view.revision(), List.of(), drains, reason);
  }

  /// Records that an entry of somebody else's is taken away, before the engine hears of it.
  ///
  /// @param epoch of the operator that acts
  static Step.Commit reclaim(
      ClusterView view, Epoch epoch, MemberName member, DrainRecord.Purpose.Reclaim purpose) {
    var record =
        DrainRecord.reclaimed(
            view.ref(),
            member,
            purpose,
            beginning(view, epoch, Optional.empty()),
            view.spec().drain().deadline(view.now()));
    return Step.Commit.of(view.revision(), record, Reason.DRAIN_UNDONE);
  }

  private static DrainRecord begun(
      ClusterView view,
      Epoch epoch,
      MemberName member,
      DrainRecord.Purpose purpose,
      Deadline deadline) {
    var stake = view.drainage().flatMap(drainage -> stake(drainage, member));
    return DrainRecord.begun(view.ref(), member, purpose, beginning(view, epoch, stake), deadline);
  }

  private static DrainRecord.Beginning beginning(
      ClusterView view, Epoch epoch, Optional<Stake> stake) {
    return new DrainRecord.Beginning(
        epoch, view.revision(), view.identity().generation(), view.now(), stake);
  }

  /// Only a reading that was asked about the member lists what it has.
  private static Optional<Stake> stake(Drainage drainage, MemberName member) {
    return drainage
        .feasibility()
        .known()
        .filter(feasibility -> feasibility.isAbout(List.of(member)))
        .flatMap(feasibility -> drainage.now().known())
        .flatMap(reading -> stake(reading, member));
  }

  private static Optional<Stake> stake(Evacuation reading, MemberName member) {
    var indices = new TreeMap<String, Integer>();
    for (var copy : reading.left()) {
      if (copy.at().filter(member.value()::equals).isPresent()) {
        indices.put(copy.index(), 0);
      }
    }
    for (var copy : reading.unassigned()) {
      indices.computeIfPresent(copy.index(), (index, nowhere) -> nowhere + 1);
    }
    return Stake.of(indices);
  }
}
