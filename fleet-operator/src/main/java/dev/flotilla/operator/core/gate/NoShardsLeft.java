package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.Drainage.Emptiness;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.MemberName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Holds the giving up of a member until the engine has said twice that it holds nothing, and that
/// nothing is missing elsewhere.
///
/// Without it a member that left and came back looks empty for a moment, and a question that got no
/// answer counts as a yes.
///
/// Source: R2, R11, R18 in docs/requirements.md; es-operator PR#168, elastic/cloud-on-k8s#2627
final class NoShardsLeft implements Gate {

  @Override
  public String meaning() {
    return "A member is given up only when the engine has said twice that it holds nothing.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.DRAINING, Reason.COPIES_MISSING, Reason.ENGINE_UNREADABLE);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    return step instanceof Step.GiveUp giveUp ? check(view, giveUp.drain()) : Verdict.pass();
  }

  private static Verdict check(ClusterView view, DrainRecord drain) {
    var member = drain.member();
    var emptiness =
        view.drainage()
            .map(drainage -> drainage.emptiness(drain))
            .orElseGet(() -> new Emptiness.Unsure("nobody asks it"));
    return switch (emptiness) {
      case Emptiness.Empty empty -> Verdict.pass();
      case Emptiness.Holding(var copies, var bytes) ->
          Verdict.veto(
              Reason.DRAINING,
              "Member %s still holds %d copies%s%s."
                  .formatted(
                      member,
                      copies,
                      bytes == 0 ? "" : ", about %d MiB".formatted(bytes >> 20),
                      outlook(view, member)));
      case Emptiness.CopiesNowhere(var copies) ->
          Verdict.veto(
              Reason.COPIES_MISSING,
              "Member %s holds nothing, but %d copies of shards are nowhere, and one of them may have been its own. It stays until they are placed."
                  .formatted(member, copies));
      case Emptiness.ReadOnce once ->
          soon(view, "Member %s seems to be empty; it is read once more.".formatted(member));
      case Emptiness.Unsure(var why) ->
          Verdict.veto(
              Reason.ENGINE_UNREADABLE,
              "Whether member %s is empty is not known: %s.".formatted(member, why));
    };
  }

  private static String outlook(ClusterView view, MemberName member) {
    var words = view.drainage().map(it -> it.outlook(member).words(view.now())).orElse("");
    return words.isEmpty() ? "" : ": " + words;
  }

  private static Verdict soon(ClusterView view, String message) {
    Instant then = view.now().plus(Drainage.APART);
    return new Verdict.Veto(Reason.DRAINING, message, Optional.of(then));
  }
}
