package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.store.Fence;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The newest starter acts, an older one stops as soon as it sees a higher epoch.
///
/// The epoch is raised by compare-and-set in the ConfigMap `flotilla-store`. Writes that an older
/// operator had already sent can still land; they are harmless because pods and volumes have one
/// name for each slot, and deletes name uid and version. Its store is its own, so nothing fences.
///
/// Source: docs/adr/0009-names-follow-from-the-slot.md
final class NewestStarter implements Leadership {

  private static final Duration NEXT_TRY = Duration.ofSeconds(1);

  private final KubeApi kube;
  private final KubeCache cache;
  private final AtomicReference<Optional<Epoch>> taken = new AtomicReference<>(Optional.empty());

  NewestStarter(KubeApi kube, KubeCache cache) {
    this.kube = kube;
    this.cache = cache;
  }

  @Override
  public Authority authority() {
    return taken
        .get()
        .map(mine -> Leadership.asShown(cache, mine))
        .orElseGet(() -> new Authority.NotActing("this operator has not taken over yet"));
  }

  /// Takes over from whoever acted before, once.
  @Override
  public Operator.Turn turn(StopSignal stop) {
    var reading = kube.takeOver(stop);
    reading.known().ifPresent(epoch -> taken.set(Optional.of(epoch)));
    return new Operator.Turn(
        reading, reading.known().isPresent() ? Optional.empty() : Optional.of(NEXT_TRY));
  }

  /// What is in this process's memory is made anew at its start, and never put back.
  @Override
  public Optional<Epoch> held() {
    return Optional.empty();
  }

  @Override
  public Optional<Fence> fence(Epoch epoch) {
    return Optional.empty();
  }

  @Override
  public void overtaken(Epoch current) {
    throw new IllegalStateException("a commit without a fence is never overtaken");
  }

  @Override
  public Optional<String> trouble() {
    return authority() instanceof Authority.NotActing(var why)
        ? Optional.of(why)
        : Optional.empty();
  }

  /// The next one takes over at its start, whatever this one does.
  @Override
  public void resign() {
    taken.set(Optional.empty());
  }
}
