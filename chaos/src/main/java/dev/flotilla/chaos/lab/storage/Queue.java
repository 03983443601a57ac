package dev.flotilla.chaos.lab.storage;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does one thing after the other and tries again, ever more slowly, what failed.
final class Queue implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Queue.class);
  private static final long FIRST_RETRY_MILLIS = 500;
  private static final long LAST_RETRY_MILLIS = 15_000;

  private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();

  /// Something that may fail and may be repeated.
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  void add(String what, Work work) {
    worker.execute(() -> attempt(what, work, FIRST_RETRY_MILLIS));
  }

  private void attempt(String what, Work work, long retryMillis) {
    try {
      work.run();
    } catch (IOException | KubernetesClientException e) {
      LOG.atWarn().addKeyValue("what", what).setCause(e).log("failed, will be tried again");
      long next = Math.min(2 * retryMillis, LAST_RETRY_MILLIS);
      var _ = worker.schedule(() -> attempt(what, work, next), retryMillis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
