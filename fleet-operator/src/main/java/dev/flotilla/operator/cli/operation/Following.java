package dev.flotilla.operator.cli.operation;

import dev.flotilla.crds.v1alpha1.operation.DatabaseOperation;
import dev.flotilla.operator.cli.call.Session;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// Looks on while an operation goes on. Nothing depends on somebody looking.
///
/// Source: UX-11 in docs/requirements.md.
///
/// @param limit how long
/// @param again what to type to look on again
/// @param undo what to type to take the operation back
record Following(Session session, Duration limit, String again, String undo) {

  /// How that ended.
  sealed interface End {

    /// The operation has ended.
    record Over(OperationSheet operation) implements End {}

    /// Somebody deleted it.
    record Gone() implements End {}

    /// The time is over, the operation goes on.
    record NotYet(OperationSheet operation) implements End {}

    /// Nobody looks on any more.
    record Detached(OperationSheet operation) implements End {}
  }

  /// @throws KubernetesClientException if the API server gives no answer, or the caller may not
  End follow(DatabaseOperation operation) {
    var meta = operation.getMetadata();
    var first = OperationSheet.of(operation);
    var last = new AtomicReference<>(first);
    var seen = new AtomicBoolean();
    var progress = new Progress(session);
    var farewell = Thread.ofPlatform().unstarted(() -> detached(last.get()));
    Runtime.getRuntime().addShutdownHook(farewell);
    var ends =
        session
            .kube()
            .resources(DatabaseOperation.class)
            .inNamespace(meta.getNamespace())
            .withName(meta.getName())
            .informOnCondition(found -> {
              var own =
                  found.stream()
                      .filter(it -> meta.getUid().equals(it.getMetadata().getUid()))
                      .map(OperationSheet::of)
                      .findFirst();
              own.ifPresent(last::set);
              own.ifPresent(progress::show);
              // A list that is older than the operation does not say that it is gone.
              boolean gone = own.isEmpty() && (seen.get() || !found.isEmpty());
              seen.compareAndSet(false, own.isPresent());
              return gone || own.filter(OperationSheet::isOver).isPresent();
            });
    try {
      ends.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      var told = last.get();
      return told.isOver() ? new End.Over(told) : new End.Gone();
    } catch (TimeoutException e) {
      return new End.NotYet(last.get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KubernetesClientException refusal
          ? refusal
          : new KubernetesClientException("the operation cannot be watched", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      detached(last.get());
      return new End.Detached(last.get());
    } finally {
      ends.cancel(true);
      forget(farewell);
    }
  }

  private void detached(OperationSheet operation) {
    session.hint("%s goes on".formatted(operation.title()));
    session.hint(" again  " + again);
    session.hint(" undo   " + undo);
  }

  /// Where the process ends already, the thread has begun, and there is nothing to take back.
  private static void forget(Thread farewell) {
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException ends) {
      // Which is what the caller wants, too.
    }
  }
}
