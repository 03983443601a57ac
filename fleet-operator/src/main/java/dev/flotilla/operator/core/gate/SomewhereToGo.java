package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Leaving;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.Feasibility;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import java.util.List;
import java.util.stream.Stream;

/// Lets a drain begin only if the engine's own allocator says that every copy on the members that
/// go has somewhere to go when all of them have gone.
///
/// A drain without that never ends: the engine is green, nothing moves, and no error is said.
///
/// Source: R13, R63, ZD-2 in docs/requirements.md; zalando-incubator/es-operator#404;
/// docs/adr/0025-asked-before-it-is-marked.md
final class SomewhereToGo implements Gate {

  @Override
  public String meaning() {
    return "A drain begins only if the engine says that every copy has somewhere to go.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.DRAIN_BLOCKED, Reason.DRAINING, Reason.ENGINE_UNREADABLE);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    var begun = Leaving.begun(view, step);
    if (begun.isEmpty() || !Leaving.abandoned(view, step).isEmpty()) {
      return Verdict.pass();
    }
    Reading<Feasibility> feasibility =
        view.drainage()
            .map(Drainage::feasibility)
            .orElseGet(() -> new Reading.Unknown<>("nobody asks it"));
    return switch (feasibility) {
      case Reading.Unknown<Feasibility>(var why) ->
          Verdict.veto(
              Reason.ENGINE_UNREADABLE,
              "Whether what is on member %s has somewhere to go is not known: %s."
                  .formatted(begun.getFirst(), why));
      case Reading.Known<Feasibility>(var said, var at) -> check(view, begun, said);
    };
  }

  private static Verdict check(ClusterView view, List<MemberName> begun, Feasibility said) {
    var draining =
        view.members().stream()
            .filter(member -> member.stage() == Stage.DRAINING)
            .map(MemberView::name);
    var all = Stream.concat(begun.stream(), draining).toList();
    if (!said.isAbout(all)) {
      return Verdict.veto(
          Reason.DRAINING,
          "The engine is being asked whether what is on member %s has somewhere to go."
              .formatted(begun.getFirst()));
    }
    if (all.size() > 1 && shareShard(view, all)) {
      return Verdict.veto(
          Reason.DRAINING,
          "Member %s waits, because another one that goes has a copy of the same shard."
              .formatted(begun.getFirst()));
    }
    return begun.stream()
        .filter(member -> !said.without(member).isEmpty())
        .findFirst()
        .map(member ->
            Verdict.veto(
                Reason.DRAIN_BLOCKED,
                "Member %s is not drained, because %s. Nothing was touched. Make room for it, ask for fewer copies, or take the wish back."
                    .formatted(member, said.words(member))))
        .orElse(Verdict.pass());
  }

  private static boolean shareShard(ClusterView view, List<MemberName> members) {
    return view.drainage()
        .flatMap(drainage -> drainage.now().known())
        .filter(left -> left.shareShard(members))
        .isPresent();
  }
}
