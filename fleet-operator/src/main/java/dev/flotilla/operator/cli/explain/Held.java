package dev.flotilla.operator.cli.explain;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.cli.status.Verdict;
import dev.flotilla.operator.core.gate.Gate;
import dev.flotilla.operator.core.plan.Agenda;
import dev.flotilla.operator.core.plan.Vetoes;
import dev.flotilla.operator.core.plan.Wake;
import dev.flotilla.operator.core.step.Holder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Something that is not as it should be: what holds it, what it means, and the ways out.
///
/// Source: UX-5 in docs/requirements.md.
///
/// @param reason a stable word of docs/reference/reasons.md
/// @param since RFC 3339 in UTC; empty if it is not recorded
/// @param members concerned, by name; empty if it is the database as a whole
/// @param safe why the data is safe meanwhile
/// @param by the gates and rules that give this reason; empty if it is a finding of the report
/// @param what fact and remedy, as the operator wrote them
/// @param engine the engine's state in the operator's words; empty if nothing is known
/// @param means one sentence that says what is the case
/// @param cause one sentence that says what usually leads to it
/// @param waysOut from the least risk to the most
/// @param asksAgain when the operator looks again by itself
public record Held(
    Verdict verdict,
    String reason,
    String since,
    List<String> members,
    String safe,
    List<By> by,
    String what,
    String engine,
    String means,
    String cause,
    List<Way> waysOut,
    String asksAgain) {

  /// A gate or a rule.
  ///
  /// @param kind `gate` or `rule`
  /// @param meaning one sentence that says what it is for
  public record By(String kind, String name, String meaning) {

    static By of(Holder holder) {
      return new By(holder instanceof Gate ? "gate" : "rule", holder.name(), holder.meaning());
    }
  }

  /// A way out.
  ///
  /// @param cost what it costs: data that moves, copies that are missing, what cannot be undone
  /// @param command what to type; words in capitals stand for what only the person knows
  public record Way(String name, String cost, String command) {}

  public Held {
    members = List.copyOf(members);
    by = List.copyOf(by);
    waysOut = List.copyOf(waysOut);
  }

  /// The same, held by these alone.
  Held givenBy(List<By> holders) {
    return new Held(
        verdict, reason, since, members, safe, holders, what, engine, means, cause, waysOut,
        asksAgain);
  }

  /// Every gate and rule that can hold something, in the order in which they are asked.
  static Stream<Holder> holders() {
    return Stream.of(Vetoes.ALL, Agenda.KEEPING, Agenda.DELETING)
        .flatMap(List::stream)
        .map(Holder.class::cast)
        .filter(holder -> !holder.reasons().isEmpty());
  }

  /// The gates and rules that give this reason.
  static List<By> givers(Reason reason) {
    return holders().filter(holder -> holder.reasons().contains(reason)).map(By::of).toList();
  }

  /// The ways out of a reason.
  ///
  /// @param names see [dev.flotilla.crds.condition.WayOut#command]
  static List<Way> waysOut(Reason reason, Map<String, String> names) {
    return reason.waysOut().stream()
        .map(way -> new Way(way.name(), way.cost(), way.command(names)))
        .toList();
  }

  /// When the operator looks again by itself.
  static String asksAgain(Reason reason) {
    var always = "when the cluster, a member, a node or a volume changes";
    return switch (reason) {
      case WRITE_REFUSED, NAME_CONFLICT, FOREIGN_WRITER, INTERNAL_ERROR ->
          always + ", and every " + Wake.AFTER_REFUSAL.toSeconds() + " seconds";
      case BREAKER_OPEN ->
          "when the FleetPolicy changes, at the time that it names, and every "
              + Wake.AT_LEAST.toMinutes()
              + " minutes";
      case WAITS_FOR_OTHERS ->
          "when its turn has come, and every " + Wake.AT_LEAST.toMinutes() + " minutes";
      case FLEET_POLICY_UNKNOWN ->
          "when the FleetPolicy changes, and every " + Wake.AT_LEAST.toMinutes() + " minutes";
      default -> always + ", and every " + Wake.AT_LEAST.toMinutes() + " minutes";
    };
  }
}
