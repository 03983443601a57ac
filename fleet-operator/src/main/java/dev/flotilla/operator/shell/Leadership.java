package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.effect.Errands;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.Epoch;
import java.util.Optional;

/// Whether this operator is the one that acts, and how it becomes that.
///
/// Safe for use by many threads, but for [#turn], of which there is one at a time.
sealed interface Leadership extends Fences permits NewestStarter, LeaseHolder {

  /// Whether this operator may act at this moment. Reads memory only.
  Authority authority();

  /// Asks to act, or to go on acting. May block.
  Operator.Turn turn(StopSignal stop);

  /// The epoch under which the store takes commits of this operator, whether or not it may act;
  /// empty if there is none.
  Optional<Epoch> held();

  /// Why this operator neither acts nor stands by; empty if it does one of them.
  Optional<String> trouble();

  /// Gives up acting for good, so that another one need not wait. May block.
  void resign();

  /// What it may do of what it decided under that epoch.
  default Errands errands(Epoch epoch) {
    return Errands.of(authority(), epoch);
  }

  /// What the watch of the ConfigMap `flotilla-store` makes of an epoch: whoever sees a higher one
  /// than its own stops.
  static Authority asShown(KubeCache cache, Epoch mine) {
    var shown = cache.shownEpoch();
    if (shown.isEmpty() || shown.get().compareTo(mine) < 0) {
      return new Authority.NotActing("the watch does not show epoch %s yet".formatted(mine));
    }
    return shown.get().equals(mine)
        ? new Authority.Acting(mine)
        : new Authority.NotActing(
            "an operator that started later acts at epoch %s, this one had %s"
                .formatted(shown.get(), mine));
  }
}
