package dev.flotilla.operator.cli.explain;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.cli.call.OperatorApi;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.document.PlanSheet;
import dev.flotilla.topology.model.MemberName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the acting operator's plan holds now.
///
/// An explanation does without it: whoever may read the resource need not have the right to ask.
///
/// @param missing why nobody knows, for people; empty if it is known
record LiveHolds(List<Hold> holds, String missing) {

  LiveHolds {
    holds = List.copyOf(holds);
  }

  static LiveHolds ask(OperatorApi operator, String namespace, String name) {
    return OperatorApi.heard(
        () -> operator.plan(namespace, name),
        plan -> new LiveHolds(plan.held().stream().flatMap(LiveHolds::hold).toList(), ""),
        LiveHolds::unknown);
  }

  static LiveHolds unknown(String why) {
    return new LiveHolds(List.of(), "not known: %s; this is what it last reported".formatted(why));
  }

  /// Empty for a reason that only a newer program knows; the report tells of it.
  private static Stream<Hold> hold(PlanSheet.Held held) {
    var member = Optional.of(held.member()).filter(name -> !name.isEmpty()).map(MemberName::new);
    return Reason.of(held.reason()).stream()
        .map(reason -> new Hold(held.by(), reason, member, held.message()));
  }
}
