package dev.flotilla.chaos.demo;

import dev.flotilla.chaos.lab.LabFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waiting for what a watch will bring.
final class Waits {

  private Waits() {}

  /// What came within the time; empty if nothing did. Ends the watch.
  static <T> Optional<T> within(Duration time, CompletableFuture<T> watch) {
    try {
      return Optional.of(watch.get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted", "./flotilla demo");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the watch has ended", e);
    } finally {
      watch.cancel(true);
    }
  }
}
