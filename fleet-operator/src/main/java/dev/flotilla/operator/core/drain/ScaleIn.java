package dev.flotilla.operator.core.drain;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.request.Asked;
import dev.flotilla.operator.core.rule.Proposal;
import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.placement.Surplus;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Begins to drain members when a pool has more of them than it shall have.
///
/// Who goes is decided by zone, and several go together only within one zone. Nothing begins while
/// a drain of this database is still open. Where members cannot be emptied at all, none is removed.
/// A new member whose predecessor stays after all is the first to go.
///
/// Source: ZD-1, ZD-9 in docs/requirements.md; docs/adr/0022-a-drain-is-a-record.md,
/// docs/adr/0034-who-comes-first.md
final class ScaleIn implements Rule {

  /// How many members that count a zone keeps.
  static final int FLOOR = 1;

  @Override
  public String meaning() {
    return "Begins to drain members when a pool has too many, from the zone that has most.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(
        Reason.SCALE_IN_HELD, Reason.ENGINE_UNREADABLE, Reason.DRAINING, Reason.REPLACING);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    for (PoolSpec pool : view.spec().pools()) {
      int have = view.staying(pool.name()).size();
      int wanted = view.wanted(pool);
      if (view.tooMany(pool) > 0) {
        view.drainage()
            .ifPresentOrElse(
                drainage -> begin(view, pool, drainage, draft),
                () ->
                    draft.hold(
                        Reason.SCALE_IN_HELD,
                        "Pool %s has %d members and shall have %d. This version removes none; set it back to %d."
                            .formatted(pool.name(), have, wanted, have)));
      }
      if (!draft.done().steps().isEmpty()) {
        break; // one pool after the other, as zones are taken one after the other
      }
    }
    return draft.done();
  }

  /// Who would be drained next if everything else allowed it; empty if nobody is to go, or cannot
  /// be chosen as yet.
  List<MemberName> next(ClusterView view) {
    return view.drainage()
        .flatMap(drainage ->
            drainage
                .marks()
                .known()
                .filter(marks -> view.engine().known().isPresent())
                .flatMap(marks ->
                    view.spec().pools().stream()
                        .map(pool ->
                            chosen(view, pool, drainage, surplus(view, pool, drainage, marks)))
                        .filter(victims -> !victims.isEmpty())
                        .findFirst()))
        .orElse(List.of());
  }

  private static void begin(
      ClusterView view, PoolSpec pool, Drainage drainage, Proposal.Draft draft) {
    switch (drainage.marks()) {
      case Reading.Unknown<EngineMarks>(var why) ->
          draft.hold(
              Reason.ENGINE_UNREADABLE,
              "Nobody is drained while the engine does not say what it keeps data off: %s."
                  .formatted(why));
      case Reading.Known<EngineMarks>(var marks, var at)
          when view.engine() instanceof Reading.Unknown<EngineReport>(var why) ->
          draft.hold(
              Reason.ENGINE_UNREADABLE,
              "Nobody is drained while the engine does not say who serves: %s.".formatted(why));
      case Reading.Known<EngineMarks>(var marks, var at) -> {
        var asked =
            Asked.open(view).stream().filter(request -> request.isAbout(pool.name())).findFirst();
        if (asked.isPresent()) {
          draft.hold(
              Reason.DRAINING,
              "Pool %s has too many members; operation %s comes first, which says who goes."
                  .formatted(pool.name(), asked.get().request().name()));
        } else if (view.members().stream().noneMatch(member -> member.openDrain().isPresent())
            && Asked.open(view).stream().noneMatch(Asked::isUnreported)) {
          begin(view, pool, drainage, marks, draft);
        }
      }
    }
  }

  private static void begin(
      ClusterView view, PoolSpec pool, Drainage drainage, EngineMarks marks, Proposal.Draft draft) {
    var surplus = surplus(view, pool, drainage, marks);
    var victims = chosen(view, pool, drainage, surplus);
    var spare = Asked.spare(view, pool.name());
    if (victims.isEmpty() && spare.isPresent()) {
      draft.hold(
          Reason.REPLACING,
          "The new member %s goes again as soon as its volume is there."
              .formatted(spare.get().name()));
      return;
    }
    if (victims.isEmpty()) {
      draft.hold(
          Reason.SCALE_IN_HELD,
          "Pool %s shall have %d members and has %d, but no zone can spare one: %s serve and can take data. Each zone keeps %d."
              .formatted(
                  pool.name(),
                  view.wanted(pool),
                  surplus.candidates().size(),
                  words(surplus),
                  FLOOR));
      return;
    }
    if (view.authority() instanceof Authority.Acting(var epoch)) {
      var deadline = view.spec().drain().deadline(view.now());
      draft.step(NewDrains.of(view, epoch, victims, new DrainRecord.Purpose.ScaleIn(), deadline));
    }
  }

  private static Surplus surplus(
      ClusterView view, PoolSpec pool, Drainage drainage, EngineMarks marks) {
    return new Surplus(
        view.spec().zones(),
        FLOOR,
        view.staying(pool.name()).stream()
            .map(member -> candidate(view, drainage, marks, member))
            .toList());
  }

  /// Several go together unless they get into each other's way, or the engine has said that not all
  /// of them can: then one alone, which is asked about by itself.
  private static List<MemberName> chosen(
      ClusterView view, PoolSpec pool, Drainage drainage, Surplus surplus) {
    int tooMany = view.tooMany(pool);
    if (tooMany < 1) {
      return List.of();
    }
    var spare = Asked.spare(view, pool.name());
    if (spare.isPresent()) {
      return spare.stream()
          .filter(it -> it.stage() == Stage.PROVISIONED)
          .map(MemberView::name)
          .toList();
    }
    var victims =
        surplus.victims(tooMany, view.spec().drain().together()).stream()
            .map(Surplus.Candidate::name)
            .map(name -> youngest(view, name))
            .distinct()
            .toList();
    return victims.size() < 2 || mayGoTogether(drainage, victims) ? victims : victims.subList(0, 1);
  }

  /// The one that was made to take this one's place, if there is such a one: nobody goes for whom a
  /// new member was made, and who stayed after all.
  private static MemberName youngest(ClusterView view, MemberName name) {
    return view.member(name)
        .filter(member -> member.isReady() && view.hasJoined(member))
        .flatMap(view::successor)
        .filter(it -> it.stage() == Stage.PROVISIONED)
        .map(MemberView::name)
        .orElse(name);
  }

  private static boolean mayGoTogether(Drainage drainage, List<MemberName> victims) {
    var first = new TreeSet<>(victims.subList(0, 1));
    return drainage
        .feasibility()
        .known()
        .filter(said ->
            said.leaving().equals(first)
                || (said.leaving().equals(new TreeSet<>(victims))
                    && (victims.stream().anyMatch(it -> !said.without(it).isEmpty())
                        || drainage
                            .now()
                            .known()
                            .filter(it -> it.shareShard(victims))
                            .isPresent())))
        .isEmpty();
  }

  private static Surplus.Candidate candidate(
      ClusterView view, Drainage drainage, EngineMarks marks, MemberView member) {
    long bytes =
        drainage.now().known().flatMap(reading -> reading.member(member.name())).stream()
            .flatMap(seat -> seat.usage().stream())
            .mapToLong(Evacuation.Usage::bytesLeft)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    return new Surplus.Candidate(
        member.name(), member.record().slot(), use(view, marks, member), bytes);
  }

  private static Surplus.Use use(ClusterView view, EngineMarks marks, MemberView member) {
    if (counts(view, marks, member)) {
      return Surplus.Use.SERVES;
    }
    return member.stage() == Stage.PROVISIONED && !view.hasJoined(member)
        ? Surplus.Use.ABSENT
        : Surplus.Use.HINDERED;
  }

  /// Whether a member serves and can take data: one on a node that is being emptied will soon not,
  /// and one that somebody has marked does not. Nor does one of which node and volume do not say
  /// that it is in its zone: nobody knows which zone would lose it.
  private static boolean counts(ClusterView view, EngineMarks marks, MemberView member) {
    return member.stage() == Stage.PROVISIONED
        && member.isReady()
        && view.hasJoined(member)
        && ForeignMarks.on(view, marks, member).isEmpty()
        && member.volume().flatMap(VolumeView::zone).filter(member.zone()::equals).isPresent()
        && member
            .node()
            .flatMap(view.terrain()::node)
            .filter(NodeView::isUsable)
            .flatMap(NodeView::zone)
            .filter(member.zone()::equals)
            .isPresent();
  }

  private static String words(Surplus surplus) {
    return surplus.counts().entrySet().stream()
        .map(zone -> "%d in zone %s".formatted(zone.getValue(), zone.getKey()))
        .collect(Collectors.joining(", "));
  }
}
