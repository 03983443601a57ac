package dev.flotilla.operator.core.drain;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.drain.BeginRequested.Obstacle;
import dev.flotilla.operator.core.request.Asked;
import dev.flotilla.operator.core.request.Fate;
import dev.flotilla.operator.core.rule.Proposal;
import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.placement.ZoneSpread;
import java.util.List;
import java.util.Optional;

/// Makes a new member in the zone of one that a person wants replaced, one after the other.
///
/// The new one is recorded as made in place of the other, so that it is known which of the two goes
/// again if the wish is taken back. It is not begun while anything else of the database is on its
/// way: then it is clear who is one too many.
///
/// Source: docs/adr/0034-who-comes-first.md
final class MakeSuccessors implements Rule {

  @Override
  public String meaning() {
    return "Makes a new member in the zone of one that an operation wants replaced, before that one is drained.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(
        Reason.REPLACING,
        Reason.ZONES_INSUFFICIENT,
        Reason.SCALE_IN_HELD,
        Reason.ENGINE_UNREADABLE);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    for (Asked asked : Asked.open(view, Request.Kind.REPLACE)) {
      asked.waiting().stream()
          .limit(asked.isOverdue() ? 0 : 1)
          .filter(member -> asked.fate(member.name().value()) == Fate.WAITING)
          .forEach(member -> make(view, member, draft));
    }
    return draft.done();
  }

  private static void make(ClusterView view, MemberView member, Proposal.Draft draft) {
    var obstacle =
        waits(view, member, draft)
            .map(why ->
                new Obstacle(
                    Reason.REPLACING,
                    "The new member in place of %s waits %s.".formatted(member.name(), why)))
            .or(() -> ofZone(view, member))
            .or(() -> BeginRequested.ofEngine(view, member));
    if (obstacle.isPresent()) {
      draft.hold(obstacle.get().reason(), member.name(), obstacle.get().message());
      return;
    }
    var spread = new ZoneSpread(member.pool(), view.spec().zones(), view.filled(), view.slots());
    var successor = MemberRecord.inPlaceOf(member.record(), spread.in(member.zone()));
    draft.step(new Step.Commit(view.revision(), List.of(successor), Reason.REPLACING));
  }

  /// What comes first, and ends by itself.
  private static Optional<String> waits(ClusterView view, MemberView member, Proposal.Draft draft) {
    if (!draft.done().steps().isEmpty()) {
      return Optional.of("for others: members are replaced one after the other");
    }
    return view.members().stream()
        .filter(view::isBeingReplaced)
        .findFirst()
        .map(other -> "until member %s has been replaced".formatted(other.name()))
        .or(() ->
            view.members().stream()
                .filter(other -> other.openDrain().isPresent())
                .findFirst()
                .map(other -> "until the drain of member %s has ended".formatted(other.name())))
        .or(() ->
            Asked.open(view).stream()
                .filter(Asked::isUnreported)
                .findFirst()
                .map(other ->
                    "until operation %s says how it ended".formatted(other.request().name())))
        .or(() ->
            view.spec()
                .pool(member.pool())
                .filter(pool -> view.missing(pool) != 0)
                .map(pool ->
                    "until pool %s has the %d members that it shall have"
                        .formatted(pool.name(), view.wanted(pool))));
  }

  private static Optional<Obstacle> ofZone(ClusterView view, MemberView member) {
    return view.terrain().isUsable(member.zone())
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                Reason.ZONES_INSUFFICIENT,
                "No node of zone %s takes a new member in place of %s. Add a node there, uncordon one, or cancel the operation."
                    .formatted(member.zone(), member.name())));
  }
}
