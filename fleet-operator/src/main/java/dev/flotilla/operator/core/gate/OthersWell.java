package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Aftermath;
import dev.flotilla.operator.core.effect.Leaving;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.Reading;
import java.util.List;
import java.util.Locale;

/// Lets a drain begin only in a database that is whole and in which no drain that was taken back is
/// still felt, and a member be given up only while all who stay serve: what is lost already must
/// not meet what is taken away on purpose.
///
/// Source: D7, R21 in docs/requirements.md
final class OthersWell implements Gate {

  @Override
  public String meaning() {
    return "A member leaves only while every member that stays serves, and nothing is missing.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(
        Reason.HEALING, Reason.DRAIN_UNDONE, Reason.COPIES_MISSING, Reason.ENGINE_UNREADABLE);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    if (Leaving.of(view, step).isEmpty()) {
      return Verdict.pass();
    }
    return switch (view.engine()) {
      case Reading.Unknown<EngineReport>(var why) ->
          Verdict.veto(
              Reason.ENGINE_UNREADABLE,
              "No member leaves while the engine does not say who serves: %s.".formatted(why));
      case Reading.Known<EngineReport>(var report, var at) -> check(view, step, report);
    };
  }

  private static Verdict check(ClusterView view, Step step, EngineReport report) {
    var missing =
        Leaving.staying(view, step).stream()
            .filter(member -> !member.isReady() || !view.hasJoined(member))
            .map(MemberView::name)
            .findFirst();
    if (missing.isPresent()) {
      return Verdict.veto(
          Reason.HEALING, "No member leaves before member %s serves.".formatted(missing.get()));
    }
    boolean begins =
        !Leaving.begun(view, step).isEmpty() && Leaving.abandoned(view, step).isEmpty();
    var aftermath = Aftermath.of(view, report);
    if (begins && aftermath.isPresent()) {
      return Verdict.veto(
          Reason.DRAIN_UNDONE, "No drain begins while %s.".formatted(aftermath.get()));
    }
    return begins && !isWhole(view, report)
        ? Verdict.veto(
            Reason.COPIES_MISSING,
            "No drain begins before every shard has its copies; the engine says %s."
                .formatted(report.health().name().toLowerCase(Locale.ROOT)))
        : Verdict.pass();
  }

  /// Copies that the engine has no place for, whoever leaves, are nobody's loss.
  private static boolean isWhole(ClusterView view, EngineReport report) {
    return switch (report.health()) {
      case GREEN -> true;
      case RED -> false;
      case YELLOW -> view.drainage().filter(OthersWell::lacksOnlyWhatHasNoPlace).isPresent();
    };
  }

  private static boolean lacksOnlyWhatHasNoPlace(Drainage drainage) {
    var placeless =
        drainage.feasibility().known().stream()
            .flatMap(said -> said.neverPlaced().stream())
            .map(Explained::copy)
            .toList();
    return drainage
        .now()
        .known()
        .map(Evacuation::unassigned)
        .filter(nowhere -> !nowhere.isEmpty())
        .filter(nowhere ->
            nowhere.stream().allMatch(copy -> !copy.primary() && placeless.contains(copy)))
        .isPresent();
  }
}
