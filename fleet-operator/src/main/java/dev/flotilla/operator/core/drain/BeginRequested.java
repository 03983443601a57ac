package dev.flotilla.operator.core.drain;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.request.Asked;
import dev.flotilla.operator.core.rule.Proposal;
import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.MemberName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Begins to drain the members that persons have named.
///
/// Requests come in the order in which they were made, their members in the order in which they are
/// named. Several members drain together only within one zone. A drain that was begun goes on by
/// itself, and is taken back when its request is. One that is to be replaced waits until its
/// successor serves.
///
/// Source: R19 in docs/requirements.md; docs/adr/0027-an-operation-is-a-request.md,
/// docs/adr/0034-who-comes-first.md
final class BeginRequested implements Rule {

  @Override
  public String meaning() {
    return "Begins to drain the members that an operation names, in its order.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(
        Reason.DRAINING,
        Reason.REPLACING,
        Reason.DRAIN_BLOCKED,
        Reason.SCALE_IN_HELD,
        Reason.ENGINE_UNREADABLE);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    for (Asked asked : Asked.open(view)) {
      if (asked.request().order().kind() == Request.Kind.RESTART) {
        continue;
      }
      if (asked.isOverdue() && asked.ending().isEmpty() && asked.withdrawn().isEmpty()) {
        stalled(asked, draft);
      } else {
        next(asked).ifPresent(member -> begin(asked, member, draft));
      }
    }
    return draft.done();
  }

  /// The first one that waits; nobody who is to be replaced before a new member was made for it.
  private static Optional<MemberView> next(Asked asked) {
    return asked.wantsSomebodyToGo()
        ? Optional.of(asked.waiting().getFirst())
            .filter(it -> !asked.isReplacement() || asked.view().isBeingReplaced(it))
        : Optional.empty();
  }

  /// Who is begun on next, as soon as the engine says that it can be emptied. Whose successor is
  /// there comes first: one that can never be emptied must not keep it waiting.
  List<MemberName> next(ClusterView view) {
    return Asked.open(view).stream()
        .sorted(Comparator.comparing(asked -> !asked.isReplacement()))
        .flatMap(asked ->
            next(asked).filter(member -> obstacle(asked, member).isEmpty()).stream()
                .map(MemberView::name))
        .limit(1)
        .toList();
  }

  /// A drain that has begun goes on meanwhile: it may still come to its end.
  private static void stalled(Asked asked, Proposal.Draft draft) {
    var request = asked.request();
    asked.waiting().stream()
        .findFirst()
        .ifPresent(member ->
            draft.hold(
                Reason.DRAIN_BLOCKED,
                member.name(),
                "The time of operation %s was over at %s, and member %s has not gone. Make room for what it holds, or cancel the operation."
                    .formatted(request.name(), request.order().deadline().at(), member.name())));
  }

  private static void begin(Asked asked, MemberView member, Proposal.Draft draft) {
    var view = asked.view();
    var obstacle = obstacle(asked, member).or(() -> ofEngine(view, member));
    if (obstacle.isPresent()) {
      draft.hold(obstacle.get().reason(), member.name(), obstacle.get().message());
    } else if (view.authority() instanceof Authority.Acting(var epoch)) {
      var request = asked.request();
      var purpose = new DrainRecord.Purpose.Request(request.uid(), request.order().abandoned());
      draft.step(
          NewDrains.of(view, epoch, List.of(member.name()), purpose, request.order().deadline()));
    }
  }

  /// Why a drain does not begin.
  record Obstacle(Reason reason, String message) {}

  private static Optional<Obstacle> obstacle(Asked asked, MemberView member) {
    return asked.isReplacement()
        ? ofSuccessor(asked.view(), member).or(() -> ofOthers(asked, member))
        : ofOthers(asked, member);
  }

  /// The new one comes first: it has joined and serves, and so has everybody whom its pool lacks.
  private static Optional<Obstacle> ofSuccessor(ClusterView view, MemberView member) {
    var isShort = view.spec().pool(member.pool()).filter(pool -> view.missing(pool) > 0);
    return view.successor(member)
        .filter(it -> isShort.isPresent() || !it.isReady() || !view.hasJoined(it))
        .map(it ->
            new Obstacle(
                Reason.REPLACING,
                "Member %s stays until %s serves, which was made to take its place."
                    .formatted(member.name(), it.name())));
  }

  private static Optional<Obstacle> ofOthers(Asked asked, MemberView member) {
    var view = asked.view();
    var draining = view.members().stream().filter(other -> other.openDrain().isPresent()).toList();
    return Asked.open(view).stream()
        .filter(Asked::isUnreported)
        .findFirst()
        .map(other -> "until operation %s says how it ended".formatted(other.request().name()))
        .or(() ->
            member
                .openDrain()
                .map(drain -> "until the one that was begun for somebody else has ended"))
        .or(() ->
            draining.stream()
                .filter(other -> ForeignMarks.drainedBy(other).isEmpty())
                .findFirst()
                .map(other ->
                    "until what somebody else keeps data off member %s by is taken away"
                        .formatted(other.name())))
        .or(() ->
            draining.stream()
                .filter(other -> !other.zone().equals(member.zone()))
                .findFirst()
                .map(other ->
                    "for member %s of zone %s, because zones are taken one after the other"
                        .formatted(other.name(), other.zone())))
        .or(() ->
            draining.size() < view.spec().drain().together()
                ? Optional.empty()
                : Optional.of(
                    "for others: spec.drain.maxConcurrentDrains lets %d members drain together"
                        .formatted(view.spec().drain().together())))
        .map(why ->
            new Obstacle(
                Reason.DRAINING, "The drain of member %s waits %s.".formatted(member.name(), why)));
  }

  /// What the engine's settings have against every drain.
  static Optional<Obstacle> ofEngine(ClusterView view, MemberView member) {
    return switch (view.marks()) {
      case Reading.Unknown<EngineMarks>(var why) ->
          Optional.of(
              new Obstacle(
                  Reason.ENGINE_UNREADABLE,
                  "The drain of member %s waits until the engine says what it keeps data off: %s."
                      .formatted(member.name(), why)));
      case Reading.Known<EngineMarks>(var marks, var at) ->
          marks
              .hidden()
              .map(why ->
                  new Obstacle(
                      Reason.SCALE_IN_HELD,
                      "Member %s cannot be emptied, because somebody else's setting hides ours: %s. Take that away, or cancel the operation."
                          .formatted(member.name(), why)));
    };
  }
}
