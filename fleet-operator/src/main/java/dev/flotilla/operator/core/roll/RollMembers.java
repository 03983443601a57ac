package dev.flotilla.operator.core.roll;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.request.Asked;
import dev.flotilla.operator.core.rule.Proposal;
import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.rule.Templates;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.topology.model.MemberName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Makes pods anew that were made from older settings, or whose restart somebody asked for: one
/// after the other, zone by zone.
///
/// Who serves nothing comes first and waits for nobody. Everybody else waits until those who are to
/// come have come and those who are to leave have left: so a change that is no good shows on a new
/// member, and nobody is restarted who goes anyway. Nothing is remembered: a pod tells by itself
/// from what and when it was made.
///
/// Source: R15, R44 in docs/requirements.md; docs/adr/0026-a-restart-remembers-nothing.md
public final class RollMembers implements Rule {

  @Override
  public String meaning() {
    return "Makes pods anew whose settings have changed or whose restart was asked for, one after the other.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.RESTARTING, Reason.CHANGE_HELD);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    reportOverdue(view, draft);
    var due = due(view);
    if (due.isEmpty()) {
      return draft.done();
    }
    report(view, due, draft);
    if (view.formed().isPresent()) {
      next(view, due.getFirst(), draft);
    }
    return draft.done();
  }

  /// Who is restarted next, as far as this rule is concerned.
  public static Optional<Step.RestartPod> next(ClusterView view) {
    return due(view).stream()
        .findFirst()
        .filter(member -> view.formed().isPresent())
        .filter(member -> first(view).isEmpty() || isIdle(view, member))
        .map(member -> restart(view, member));
  }

  private static void next(ClusterView view, MemberView member, Proposal.Draft draft) {
    var first = first(view);
    if (first.isPresent() && !isIdle(view, member)) {
      draft.hold(
          Reason.RESTARTING,
          "Nobody is restarted before %s. If that cannot be done, take it back first."
              .formatted(first.get()));
    } else {
      draft.step(restart(view, member));
    }
  }

  /// What comes first; empty if nothing does. New members show what a change is worth before
  /// anybody who serves is touched. Where members are not emptied at all, nobody goes.
  private static Optional<String> first(ClusterView view) {
    return Asked.open(view).stream()
        .filter(Asked::wantsSomebodyToGo)
        .map(asked -> "operation %s has come to its end".formatted(asked.request().name()))
        .findFirst()
        .or(() ->
            view.spec().pools().stream()
                .filter(pool -> view.missing(pool) > 0 || isTooLarge(view, pool))
                .map(pool ->
                    "pool %s has the %d members that it shall have"
                        .formatted(pool.name(), view.wanted(pool)))
                .findFirst());
  }

  private static boolean isTooLarge(ClusterView view, PoolSpec pool) {
    return view.drainage().isPresent() && view.tooMany(pool) > 0;
  }

  /// Who serves nothing, and then zone by zone, in the order of the specification.
  private static List<MemberView> due(ClusterView view) {
    var asked =
        Asked.open(view, Request.Kind.RESTART).stream()
            .filter(request -> !request.isOverdue())
            .flatMap(request -> request.waiting().stream())
            .map(MemberView::name)
            .collect(Collectors.toCollection(TreeSet::new));
    var due = new ArrayList<MemberView>();
    for (PoolSpec pool : view.spec().pools()) {
      var wanted = Templates.of(view, pool).revision();
      view.membersOf(pool.name()).stream()
          .filter(member -> isDue(view, wanted, member, asked))
          .forEach(due::add);
    }
    var zones = view.spec().zones();
    return due.stream()
        .sorted(
            Comparator.comparing((MemberView member) -> !isIdle(view, member))
                .thenComparingInt(member -> zones.indexOf(member.zone()))
                .thenComparing(member -> member.record().slot()))
        .toList();
  }

  /// What cannot start and was made from older settings is made anew by the rule that keeps bodies.
  private static boolean isDue(
      ClusterView view, String wanted, MemberView member, Set<MemberName> asked) {
    return member.stage().stays()
        && member.openDrain().isEmpty()
        && member
            .pod()
            .filter(pod -> !pod.isOver() && !pod.terminating())
            .filter(pod -> pod.isOutdated(wanted) ? !pod.isStuck() : asked.contains(member.name()))
            .filter(pod -> answers(view, pod))
            .isPresent();
  }

  /// A pod on a node that does not answer cannot be ended.
  private static boolean answers(ClusterView view, PodView pod) {
    return pod.node().isEmpty()
        || pod.node().flatMap(view.terrain()::node).filter(NodeView::ready).isPresent();
  }

  private static boolean isIdle(ClusterView view, MemberView member) {
    return !member.isReady() && !view.hasJoined(member);
  }

  private static Step.RestartPod restart(ClusterView view, MemberView member) {
    var pod = member.pod().orElseThrow();
    boolean idle = isIdle(view, member);
    var others =
        view.members().stream()
            .filter(Predicate.not(member::equals))
            .map(MemberView::name)
            .toList();
    return new Step.RestartPod(
        member.name(),
        pod.uid(),
        pod.resourceVersion(),
        idle,
        idle ? List.of() : others,
        Reason.RESTARTING);
  }

  private static void report(ClusterView view, List<MemberView> due, Proposal.Draft draft) {
    draft.hold(
        Reason.RESTARTING,
        "%d of %d members are to be restarted, one after the other; the next one is %s."
            .formatted(due.size(), view.members().size(), due.getFirst().name()));
  }

  /// Nothing more is begun then, and nothing has to be undone.
  private static void reportOverdue(ClusterView view, Proposal.Draft draft) {
    Asked.open(view, Request.Kind.RESTART).stream()
        .filter(asked -> asked.isOverdue() && !asked.waiting().isEmpty())
        .forEach(asked ->
            draft.hold(
                Reason.CHANGE_HELD,
                asked.waiting().getFirst().name(),
                "The time of operation %s was over at %s, and member %s was not restarted. Clear what stood in the way and ask once more, or cancel the operation."
                    .formatted(
                        asked.request().name(),
                        asked.request().order().deadline().at(),
                        asked.waiting().getFirst().name())));
  }
}
