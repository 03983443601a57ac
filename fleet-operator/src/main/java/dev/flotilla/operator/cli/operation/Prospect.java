package dev.flotilla.operator.cli.operation;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.cli.call.OperatorApi;
import dev.flotilla.operator.core.plan.Forecast;
import dev.flotilla.operator.core.request.Asked;
import dev.flotilla.operator.core.request.Fate;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.operator.core.view.Request.Order;
import dev.flotilla.operator.wire.ViewFile;
import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether a drain or a restart that is not asked for yet can be done, as far as that is known.
///
/// The operator's own planner is asked, about what the operator sees and one request more. Nothing
/// is worked out anew.
///
/// Source: ZD-2 in docs/requirements.md; docs/adr/0015-plan-is-asked-of-the-operator.md
///
/// @param verdict in one word
/// @param reason a stable word of docs/reference/reasons.md; empty if nothing is in the way
/// @param message one or more sentences
public record Prospect(Verdict verdict, String reason, String message) {

  /// In the plan, for what has no name yet.
  private static final String NAMELESS = "to-be-made";

  /// What is to be expected.
  public enum Verdict {
    /// It begins at once: everything has somewhere to go.
    BEGINS,
    /// It waits for something that ends by itself.
    WAITS,
    /// It cannot be done as things are.
    BLOCKED,
    /// Nobody knows.
    UNKNOWN
  }

  /// What is asked for, before it is made.
  ///
  /// @param limit how long it may take
  record Wish(Request.Kind kind, List<String> members, Duration limit, Deadline.OnTimeout then) {

    private Order at(Instant now) {
      return new Order(kind, members, false, new Deadline(now.plus(limit), then));
    }
  }

  /// What the acting operator makes of it.
  static Prospect ask(OperatorApi operator, String namespace, String name, Wish wish) {
    return OperatorApi.heard(
        () -> operator.view(namespace, name),
        body ->
            switch (ViewFile.read(body)) {
              case ViewFile.Read.Good(var view) -> of(view, wish.at(view.now()));
              case ViewFile.Read.Bad bad ->
                  unknown("the operator sends views that this version does not read");
            },
        Prospect::unknown);
  }

  private static Prospect unknown(String why) {
    return new Prospect(
        Verdict.UNKNOWN,
        "",
        "Not known beforehand: %s. It begins only if it can end.".formatted(why));
  }

  /// What the planner makes of it.
  static Prospect of(ClusterView view, Order order) {
    var request =
        new Request(
            NAMELESS, NAMELESS, 1, view.now(), order, false, new TreeSet<>(), new TreeSet<>());
    var wanted = view.with(request);
    var objection = new Asked(wanted, request).objection();
    if (objection.isPresent()) {
      return new Prospect(Verdict.BLOCKED, Reason.OPERATION_REJECTED.id(), objection.get());
    }
    var forecast = Forecast.of(wanted);
    var asked = new Asked(forecast.after(), request);
    var fates = asked.fates();
    if (fates.contains(Fate.DRAINING)) {
      return new Prospect(
          Verdict.BEGINS, "", "It begins at once: everything on it has somewhere to go.");
    }
    if (fates.contains(Fate.PREPARING)) {
      return new Prospect(
          Verdict.BEGINS,
          "",
          "It begins at once: a new member is made, and nobody goes before it serves.");
    }
    if (fates.contains(Fate.RESTARTING) || isBeingLeft(asked)) {
      return new Prospect(
          Verdict.BEGINS, "", "It begins at once: everybody serves and no copy is missing.");
    }
    var before = Forecast.of(view).holds();
    var holds =
        forecast.holds().stream()
            .filter(hold -> isAbout(hold, order) || !before.contains(hold))
            .sorted(Comparator.comparing(hold -> hold.subject().isEmpty()))
            .toList();
    return of(holds);
  }

  /// Whether clients are told to leave one of its members, with which a restart begins.
  private static boolean isBeingLeft(Asked asked) {
    return asked.names().stream()
        .flatMap(name -> asked.member(name).stream())
        .flatMap(member -> asked.view().said(member).stream())
        .anyMatch(endpoint -> endpoint.leaving().isPresent());
  }

  private static boolean isAbout(Hold hold, Order order) {
    return hold.subject().map(MemberName::value).filter(order.members()::contains).isPresent();
  }

  private static Prospect of(List<Hold> holds) {
    var verdict =
        holds.stream().map(Prospect::verdict).max(Verdict::compareTo).orElse(Verdict.WAITS);
    var telling = holds.stream().filter(hold -> verdict(hold) == verdict).toList();
    return new Prospect(
        verdict,
        telling.stream().findFirst().map(hold -> hold.reason().id()).orElse(""),
        telling.isEmpty()
            ? "It waits until the operator has come to rest."
            : telling.stream().map(Hold::message).distinct().collect(Collectors.joining(" ")));
  }

  /// Of several, what nobody knows counts most: what is in the way may be gone by then.
  private static Verdict verdict(Hold hold) {
    if (hold.reason() == Reason.ENGINE_UNREADABLE) {
      return Verdict.UNKNOWN;
    }
    return hold.reason().attention() == Attention.PROBLEM ? Verdict.BLOCKED : Verdict.WAITS;
  }
}
