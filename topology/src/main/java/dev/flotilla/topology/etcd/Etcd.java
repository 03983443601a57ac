package dev.flotilla.topology.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An etcd, where our things stand in it, and for how long an answer is waited for.
record Etcd(Client client, Names names, Duration limit) {

  /// What etcd said, or why nobody knows.
  sealed interface Answer<T> {

    record Given<T>(T value) implements Answer<T> {}

    /// @param why one clause for people
    record Missing<T>(String why) implements Answer<T> {}
  }

  /// Waits for an answer; ends at once when the thread is interrupted.
  <T> Answer<T> ask(CompletableFuture<T> pending) throws InterruptedException {
    try {
      return new Answer.Given<>(pending.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      return new Answer.Missing<>("etcd says: " + words(e));
    } catch (TimeoutException e) {
      return new Answer.Missing<>("etcd gave no answer in %d s".formatted(limit.toSeconds()));
    } finally {
      pending.cancel(true);
    }
  }

  static String words(Throwable failure) {
    var cause = Objects.requireNonNullElse(failure.getCause(), failure);
    return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
  }

  /// What stands at the one key that was asked for.
  static Optional<KeyValue> only(GetResponse said) {
    return said.getKvs().stream().findFirst();
  }

  static String text(KeyValue entry) {
    return entry.getValue().toString(StandardCharsets.UTF_8);
  }
}
