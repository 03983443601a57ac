package dev.flotilla.operator.core.drain;

import dev.flotilla.operator.core.request.Asked;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.DrainPolicy;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineMarks.ForeignMark;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.DrainRecord.Purpose;
import dev.flotilla.topology.lifecycle.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Entries of others that keep data off members: by name, by an address that a member has inherited
/// from one that is gone, or by the engine's id.
///
/// Source: ZD-7, ZD-9 in docs/requirements.md; docs/adr/0033-an-entry-that-nobody-answers-for.md
final class ForeignMarks {

  private ForeignMarks() {}

  /// Those that meet a member now, as the engine understands them, wildcards included.
  static List<ForeignMark> on(ClusterView view, EngineMarks marks, MemberView member) {
    var owned =
        view.members().stream()
            .filter(it -> drainedBy(it).filter(drain -> !drain.owned().isEmpty()).isPresent())
            .map(MemberView::name)
            .collect(Collectors.toCollection(TreeSet::new));
    return marks.foreign(owned).stream()
        .filter(mark -> sign(view, mark, member).filter(it -> matches(mark, it)).isPresent())
        .toList();
  }

  /// The drain that wants a member empty, or has wanted it. An entry that is taken away is none.
  static Optional<DrainRecord> drainedBy(MemberView member) {
    return member.openDrain().filter(drain -> !(drain.purpose() instanceof Purpose.Reclaim));
  }

  /// Whether an entry is to be taken away: that is wanted, it names just this member, nobody wants
  /// the member empty, and nobody else is being emptied.
  ///
  /// The engine goes by the list that was written last: a mark in another one would have no effect
  /// any more. A note on the volume may be that of a drain that a store which was put back does not
  /// know. Source: elastic/elasticsearch#55815
  static boolean isReclaimable(ClusterView view, MemberView member, ForeignMark mark) {
    return view.spec().drain().foreign() == DrainPolicy.Foreign.RECLAIM
        && names(view, mark, member)
        && member.isReady()
        && view.hasJoined(member)
        && member.stage() == Stage.PROVISIONED
        && view.members().stream().allMatch(other -> other.openDrain().isEmpty())
        && member.volume().filter(volume -> volume.note().isEmpty()).isPresent()
        && Asked.open(view, Request.Kind.DRAIN).stream()
            .noneMatch(asked -> asked.names().contains(member.name().value()));
  }

  /// Whether the ground for taking an entry away is gone: it still stands, and names somebody else
  /// or nobody by now.
  static boolean isGroundless(
      ClusterView view, EngineMarks marks, MemberView member, Purpose.Reclaim reclaim) {
    var same =
        marks.foreign(new TreeSet<>()).stream()
            .filter(mark -> mark.setting().equals(reclaim.setting()))
            .filter(mark -> mark.text().equals(reclaim.entry()))
            .toList();
    return !same.isEmpty() && same.stream().noneMatch(mark -> names(view, mark, member));
  }

  private static boolean names(ClusterView view, ForeignMark mark, MemberView member) {
    return sign(view, mark, member).filter(mark.text()::equals).isPresent();
  }

  /// What of a member an entry is compared with; empty if it has none, or that is not known.
  private static Optional<String> sign(ClusterView view, ForeignMark mark, MemberView member) {
    return switch (mark.by()) {
      case NAME -> Optional.of(member.name().value());
      case ADDRESS -> member.pod().filter(pod -> !pod.isOver()).flatMap(PodView::ip);
      case ID ->
          view.engine()
              .known()
              .flatMap(report -> report.node(member.name().value()))
              .map(EngineReport.Node::id);
      case OTHER -> Optional.empty();
    };
  }

  private static boolean matches(ForeignMark mark, String sign) {
    var pattern =
        Arrays.stream(mark.text().split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return sign.matches(pattern);
  }
}
