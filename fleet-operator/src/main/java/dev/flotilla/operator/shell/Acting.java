package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.store.IntentId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Whether this operator is the one that acts: the newest starter is, an older one stops as soon as
/// it sees a higher epoch.
///
/// The epoch is raised by compare-and-set in the ConfigMap `flotilla-store`. Writes that an older
/// operator had already sent can still land; they are harmless because pods and volumes have one
/// name for each slot, and deletes name uid and version.
///
/// Source: docs/adr/0009-names-follow-from-the-slot.md
public final class Acting {

  private final KubeApi kube;
  private final KubeCache cache;
  private final AtomicLong intents = new AtomicLong();
  private final AtomicReference<Optional<Epoch>> taken = new AtomicReference<>(Optional.empty());

  public Acting(KubeApi kube, KubeCache cache) {
    this.kube = kube;
    this.cache = cache;
  }

  /// Takes over from whoever acted before. Once, at start.
  ///
  /// @return the new epoch, or why it could not be had
  public Reading<Epoch> takeOver(StopSignal stop) {
    var reading = kube.takeOver(stop);
    reading.known().ifPresent(epoch -> taken.set(Optional.of(epoch)));
    return reading;
  }

  /// An id for a transaction. The epoch is this process's own, so nobody was given it before.
  IntentId nextIntent() {
    var epoch = taken.get().orElse(new Epoch(0));
    return new IntentId("%s-%s".formatted(epoch, intents.incrementAndGet()));
  }

  /// Whether this operator may act at this moment.
  public Authority authority() {
    var mine = taken.get();
    if (mine.isEmpty()) {
      return new Authority.NotActing("this operator has not taken over yet");
    }
    var shown = cache.shownEpoch();
    if (shown.isEmpty() || shown.get().compareTo(mine.get()) < 0) {
      return new Authority.NotActing("the watch does not show epoch %s yet".formatted(mine.get()));
    }
    return shown.equals(mine)
        ? new Authority.Acting(mine.get())
        : new Authority.NotActing(
            "an operator that started later acts at epoch %s, this one had %s"
                .formatted(shown.get(), mine.get()));
  }
}
