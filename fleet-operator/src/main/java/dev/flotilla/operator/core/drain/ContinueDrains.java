package dev.flotilla.operator.core.drain;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.request.Abandoning;
import dev.flotilla.operator.core.request.Asked;
import dev.flotilla.operator.core.rule.Proposal;
import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.Drainage.Emptiness;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Feasibility;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.topology.lifecycle.DrainOutcome.Undone;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.DrainState;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Takes each open drain one step further: towards the member's end, or back.
///
/// On the way there: the volume says that its member is drained, the engine is told, the member is
/// given up when it is empty, its pod goes, the mark goes, and the volume says that it is over. On
/// the way back, whoever wanted that: the mark goes, the volume says nothing any more. Each step is
/// told from what is there, so whoever takes over goes on where the other stopped.
///
/// Source: R1, R10 in docs/requirements.md; docs/adr/0022-a-drain-is-a-record.md
final class ContinueDrains implements Rule {

  /// How long nothing leaves a member before its drain counts as stuck, or as stalled if the engine
  /// has no objection.
  static final Duration STUCK_AFTER = Duration.ofMinutes(15);

  @Override
  public String meaning() {
    return "Takes each drain one step further, or one step back if its member is needed after all.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(
        Reason.DRAINING,
        Reason.ENGINE_UNREADABLE,
        Reason.SCALE_IN_HELD,
        Reason.DRAIN_BLOCKED,
        Reason.DRAIN_STALLED,
        Reason.COPIES_MISSING);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    for (MemberView member : view.members()) {
      member.openDrain().ifPresent(drain -> propose(view, member, drain, draft));
    }
    return draft.done();
  }

  private static void propose(
      ClusterView view, MemberView member, DrainRecord drain, Proposal.Draft draft) {
    switch (drain.state()) {
      case DrainState.Running running -> run(view, member, drain, draft);
      case DrainState.Cancelling cancelling -> takeBack(view, member, drain, draft);
      case DrainState.Removing removing -> remove(view, member, drain, draft);
      case DrainState.Ended ended -> {}
    }
  }

  private static void run(
      ClusterView view, MemberView member, DrainRecord drain, Proposal.Draft draft) {
    var undone = undone(view, member, drain);
    if (!undone.equals(Optional.of(Undone.SUPERSEDED))) {
      report(view, drain, draft);
    }
    if (undone.isPresent()) {
      var cancelled = drain.cancelled(undone.get());
      draft.step(Step.Commit.of(view.revision(), cancelled, Reason.DRAIN_UNDONE));
    } else if (!isNoted(member, drain) && !isWithoutVolume(member, drain)) {
      note(member, Optional.of(drain), Reason.DRAINING, draft);
    } else {
      mark(view, drain, draft);
    }
  }

  private static Optional<Undone> undone(ClusterView view, MemberView member, DrainRecord drain) {
    return unwanted(view, member, drain)
        .or(() ->
            switch (drain.deadline().then()) {
              case HOLD -> Optional.empty();
              case CANCEL -> hopeless(view, drain);
            });
  }

  /// Whether nobody wants it to go any more.
  private static Optional<Undone> unwanted(ClusterView view, MemberView member, DrainRecord drain) {
    return switch (drain.purpose()) {
      case DrainRecord.Purpose.ScaleIn scaleIn ->
          isNeeded(view, member) ? Optional.of(Undone.SUPERSEDED) : Optional.empty();
      case DrainRecord.Purpose.Request(var operation, var abandoned) ->
          Asked.withdrawn(view, operation)
              .or(() ->
                  abandoned
                      .flatMap(uid -> Abandoning.obstacle(view, member, uid))
                      .map(why -> Undone.SUPERSEDED));
      case DrainRecord.Purpose.Reclaim reclaim -> Optional.of(Undone.SUPERSEDED);
    };
  }

  private static Optional<Undone> hopeless(ClusterView view, DrainRecord drain) {
    if (isStuck(view, drain)) {
      return Optional.of(Undone.INFEASIBLE);
    }
    return isOverdue(view, drain) ? Optional.of(Undone.TIMED_OUT) : Optional.empty();
  }

  private static boolean isOverdue(ClusterView view, DrainRecord drain) {
    return !view.now().isBefore(drain.deadline().at());
  }

  /// Whether nothing has left the member for long, and the engine says that something never will.
  private static boolean isStuck(ClusterView view, DrainRecord drain) {
    return obstacle(view, drain).isPresent() && isStill(view, drain);
  }

  private static boolean isStill(ClusterView view, DrainRecord drain) {
    return view.drainage()
        .map(drainage -> drainage.still().get(drain.member()))
        .filter(since -> !view.now().isBefore(since.plus(STUCK_AFTER)))
        .isPresent();
  }

  /// Whether nothing has left the member for long, although the engine was told and has no
  /// objection. Source: R21 in docs/requirements.md
  private static boolean isStalled(ClusterView view, DrainRecord drain) {
    return isStill(view, drain)
        && view.marks()
            .known()
            .filter(it -> it.named().contains(drain.member().value()))
            .isPresent()
        && view.drainage()
            .filter(drainage -> drainage.emptiness(drain) instanceof Emptiness.Holding)
            .isPresent();
  }

  /// What the engine has against it, as far as it was asked.
  private static Optional<String> obstacle(ClusterView view, DrainRecord drain) {
    return view.drainage()
        .flatMap(drainage -> drainage.feasibility().known())
        .filter(said -> !said.without(drain.member()).isEmpty())
        .map(said -> said.words(drain.member()));
  }

  /// What a person has to know of a drain that goes on.
  private static void report(ClusterView view, DrainRecord drain, Proposal.Draft draft) {
    var member = drain.member();
    if (isStuck(view, drain)) {
      draft.hold(
          Reason.DRAIN_BLOCKED,
          member,
          "Nothing has left member %s for %d minutes: %s. Make room for it, ask for fewer copies, or take the wish back."
              .formatted(member, STUCK_AFTER.toMinutes(), obstacle(view, drain).orElse("")));
    } else if (isOverdue(view, drain)) {
      draft.hold(
          Reason.DRAIN_BLOCKED,
          member,
          "Member %s should have been empty at %s%s."
              .formatted(
                  member,
                  drain.deadline().at(),
                  obstacle(view, drain).map(why -> ": " + why).orElse("")));
    } else if (isStalled(view, drain)) {
      draft.hold(
          Reason.DRAIN_STALLED,
          member,
          "Nothing has left member %s for %d minutes, although the engine has no objection: %s. Look at its recoveries, and at what limits them; at %s the drain %s."
              .formatted(
                  member,
                  STUCK_AFTER.toMinutes(),
                  hopes(view, member),
                  drain.deadline().at(),
                  switch (drain.deadline().then()) {
                    case HOLD -> "is held";
                    case CANCEL -> "is taken back";
                  }));
    }
    var placeless =
        drain.beginning().stake().stream()
            .flatMap(stake -> stake.indices().entrySet().stream())
            .filter(index -> index.getValue() > 0)
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    if (!placeless.isEmpty()) {
      draft.hold(
          Reason.COPIES_MISSING,
          member,
          "Copies of these indices had no place before member %s was to go, and are not waited for: %s."
              .formatted(member, placeless));
    }
  }

  private static String hopes(ClusterView view, MemberName member) {
    var feasibility =
        view.drainage()
            .map(Drainage::feasibility)
            .orElseGet(() -> new Reading.Unknown<>("nobody asks it"));
    return switch (feasibility) {
      case Reading.Unknown<Feasibility>(var why) -> "it does not say where they may go, " + why;
      case Reading.Known<Feasibility>(var said, var at) -> said.hopes(member);
    };
  }

  /// Whether its pool is to have as many members as before, so that it need not go.
  private static boolean isNeeded(ClusterView view, MemberView member) {
    return view.spec()
        .pool(member.pool())
        .filter(pool -> {
          int missing = view.missing(pool);
          var revivable = view.revivable(pool.name());
          return revivable.subList(0, Math.clamp(missing, 0, revivable.size())).contains(member);
        })
        .isPresent();
  }

  /// Who is given up may have lost that, too.
  private static boolean isWithoutVolume(MemberView member, DrainRecord drain) {
    return member.volume().isEmpty() && drain.abandoned().isPresent();
  }

  /// Whether the volume speaks of this very drain, in whatever state.
  private static boolean isNoted(MemberView member, DrainRecord drain) {
    return member
        .volume()
        .flatMap(VolumeView::noted)
        .filter(noted -> noted.member().equals(drain.member()))
        .filter(noted -> noted.beginning().equals(drain.beginning()))
        .isPresent();
  }

  /// Whether the volume says just this.
  private static boolean isNotedAs(MemberView member, DrainRecord drain) {
    return member.volume().flatMap(VolumeView::noted).filter(drain::equals).isPresent();
  }

  private static void mark(ClusterView view, DrainRecord drain, Proposal.Draft draft) {
    switch (view.marks()) {
      case Reading.Unknown<EngineMarks>(var why) ->
          draft.hold(
              Reason.ENGINE_UNREADABLE,
              drain.member(),
              "The drain of member %s waits until the engine says what it keeps data off: %s."
                  .formatted(drain.member(), why));
      case Reading.Known<EngineMarks>(var marks, var at) when marks.hidden().isPresent() ->
          draft.hold(
              Reason.SCALE_IN_HELD,
              drain.member(),
              "Member %s cannot be emptied, because somebody else's setting hides ours: %s. Take that away, or set the number of instances back."
                  .formatted(drain.member(), marks.hidden().get()));
      case Reading.Known<EngineMarks>(var marks, var at) ->
          draft.step(
              marks.named().contains(drain.member().value())
                  ? new Step.GiveUp(view.revision(), drain, Reason.DRAINING)
                  : new Step.Mark(drain, Reason.DRAINING));
    }
  }

  /// The one way back, for a person, a deadline, another wish and whoever takes over.
  private static void takeBack(
      ClusterView view, MemberView member, DrainRecord drain, Proposal.Draft draft) {
    if (!drain.owned().isEmpty()
        && drain.purpose() instanceof DrainRecord.Purpose.Reclaim reclaim) {
      strike(view, member, drain, reclaim, draft);
    } else if (!drain.owned().isEmpty()) {
      draft.step(new Step.Release(view.revision(), drain, Reason.DRAIN_UNDONE));
    } else if (member.volume().filter(volume -> volume.note().isPresent()).isPresent()) {
      note(member, Optional.empty(), Reason.DRAIN_UNDONE, draft);
    } else {
      draft.step(Step.Commit.of(view.revision(), drain.ended(), Reason.DRAIN_UNDONE));
    }
  }

  /// An entry that names nobody any more, or somebody else, is left to whoever wrote it.
  private static void strike(
      ClusterView view,
      MemberView member,
      DrainRecord drain,
      DrainRecord.Purpose.Reclaim reclaim,
      Proposal.Draft draft) {
    switch (view.marks()) {
      case Reading.Unknown<EngineMarks>(var why) ->
          draft.hold(
              Reason.ENGINE_UNREADABLE,
              member.name(),
              "Entry %s of setting %s is not taken away until the engine says what it keeps data off: %s."
                  .formatted(reclaim.entry(), reclaim.setting(), why));
      case Reading.Known<EngineMarks>(var marks, var at)
          when ForeignMarks.isGroundless(view, marks, member, reclaim) ->
          draft.step(Step.Commit.of(view.revision(), drain.released(), Reason.DRAIN_UNDONE));
      case Reading.Known<EngineMarks> known ->
          draft.step(new Step.Release(view.revision(), drain, Reason.DRAIN_UNDONE));
    }
  }

  /// The mark stays until the engine has let go of the member: taken away before, data flows back.
  private static void remove(
      ClusterView view, MemberView member, DrainRecord drain, Proposal.Draft draft) {
    if (member.pod().isPresent()) {
      end(view, member, member.pod().get(), draft);
    } else if (!drain.owned().isEmpty()) {
      release(view, drain, draft);
    } else if (member.volume().isPresent() && !isNotedAs(member, drain.ended())) {
      note(member, Optional.of(drain.ended()), Reason.DRAINING, draft);
    } else {
      draft.step(Step.Commit.of(view.revision(), drain.ended(), Reason.DRAINING));
    }
  }

  private static void end(ClusterView view, MemberView member, PodView pod, Proposal.Draft draft) {
    var node = pod.node().flatMap(view.terrain()::node);
    boolean silent =
        pod.node().isPresent() && node.filter(it -> it.ready() || it.outOfService()).isEmpty();
    if (silent && !pod.isOver()) {
      draft.hold(
          Reason.SCALE_IN_HELD,
          member.name(),
          "Member %s was given up, but node %s does not answer, so nobody can end its pod. Bring the node back, or taint it with node.kubernetes.io/out-of-service once it is surely off."
              .formatted(member.name(), node.map(NodeView::name).or(pod::node).orElse("?")));
    } else if (pod.terminating()) {
      draft.hold(
          Reason.DRAINING,
          member.name(),
          "Member %s is empty and was given up; its pod is going.".formatted(member.name()));
    } else {
      draft.step(
          new Step.DeletePod(member.name(), pod.uid(), pod.resourceVersion(), Reason.DRAINING));
    }
  }

  private static void release(ClusterView view, DrainRecord drain, Proposal.Draft draft) {
    switch (view.engine()) {
      case Reading.Unknown<EngineReport>(var why) ->
          draft.hold(
              Reason.ENGINE_UNREADABLE,
              drain.member(),
              "Member %s has gone; its mark stays until the engine says that it has let go of it: %s."
                  .formatted(drain.member(), why));
      case Reading.Known<EngineReport>(var report, var at)
          when report.node(drain.member().value()).isPresent() ->
          draft.hold(
              Reason.DRAINING,
              drain.member(),
              "The pod of member %s has gone; the engine still lists it."
                  .formatted(drain.member()));
      case Reading.Known<EngineReport> known ->
          draft.step(new Step.Release(view.revision(), drain, Reason.DRAINING));
    }
  }

  /// Without a volume there is nothing to note; it is not made for that.
  private static void note(
      MemberView member, Optional<DrainRecord> drain, Reason reason, Proposal.Draft draft) {
    member
        .volume()
        .ifPresent(volume ->
            draft.step(
                new Step.NoteDrain(
                    member.record(), volume.uid(), volume.resourceVersion(), drain, reason)));
  }
}
