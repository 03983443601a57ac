package dev.flotilla.operator.cli.explain;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.cli.call.OperatorApi;
import dev.flotilla.operator.cli.call.OperatorApi.Reply;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.document.PlanSheet;
import dev.flotilla.topology.model.MemberName;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the acting operator's plan holds now.
///
/// An explanation does without it: whoever may read the resource need not have the right to ask.
///
/// @param missing why nobody knows, for people; empty if it is known
record LiveHolds(List<Hold> holds, String missing) {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  LiveHolds {
    holds = List.copyOf(holds);
  }

  static LiveHolds ask(OperatorApi operator, String namespace, String name) {
    try {
      return switch (operator.plan(namespace, name)) {
        case Reply.Answered(var plan) ->
            new LiveHolds(plan.held().stream().flatMap(LiveHolds::hold).toList(), "");
        case Reply.Absent() -> unknown("the operator does not know the database yet");
        case Reply.Illegal(var message) -> unknown("nothing can be planned: " + message);
        case Reply.Unanswered(var why) -> unknown(why);
      };
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case UNAUTHORIZED, FORBIDDEN -> unknown("you may not ask the operator");
        default -> unknown("the operator gives no answer");
      };
    }
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
