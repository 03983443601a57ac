package dev.flotilla.operator.core.effect;

import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.topology.lifecycle.DrainOutcome;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.DrainState;
import java.util.Optional;

/// What a drain that was taken back leaves in motion: copies that were on their way arrive, and
/// others come back.
///
/// Only this is the operator's; what the engine moves by itself, or for somebody else, holds
/// nothing.
///
/// Source: R21 in docs/requirements.md
public final class Aftermath {

  private Aftermath() {}

  /// Why another job that moves data has to wait, one clause for people; empty if it has not. While
  /// a drain is open nobody can tell whose data moves, and its own rules say who waits for it.
  public static Optional<String> of(ClusterView view, EngineReport report) {
    return view.members().stream().anyMatch(member -> member.openDrain().isPresent())
        ? Optional.empty()
        : view.members().stream()
            .filter(Aftermath::wasKept)
            .flatMap(member -> report.node(member.name().value()).stream())
            .filter(node -> node.moving() > 0)
            .map(node ->
                "the engine moves data after the drain of member %s was taken back: %d copies on it are on their way"
                    .formatted(node.name(), node.moving()))
            .findFirst();
  }

  private static boolean wasKept(MemberView member) {
    return member
        .drain()
        .filter(drain -> !(drain.purpose() instanceof DrainRecord.Purpose.Reclaim))
        .filter(drain -> drain.state() instanceof DrainState.Ended(DrainOutcome.Undone undone))
        .isPresent();
  }
}
