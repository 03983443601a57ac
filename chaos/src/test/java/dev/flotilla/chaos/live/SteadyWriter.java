package dev.flotilla.chaos.live;

import dev.flotilla.chaos.demo.TenantClient;
import dev.flotilla.chaos.lab.LabFailure;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A client of a tenant that writes one small document after the other, and remembers how many were
/// acknowledged. What was not is written once more under the same id.
final class SteadyWriter implements AutoCloseable {

  private static final String INDEX = "steady";
  private static final int PAUSE = 100;

  private final TenantClient client;
  private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor();
  private volatile int acknowledged;
  private volatile int refused;

  SteadyWriter(RealTenant tenant) {
    client = tenant.connect();
    client.send(
        "PUT", "/" + INDEX, "{\"settings\": {\"number_of_shards\": 1, \"number_of_replicas\": 1}}");
    turns.scheduleWithFixedDelay(this::write, 0, PAUSE, TimeUnit.MILLISECONDS);
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
  private void write() {
    try {
      client.send("PUT", "/%s/_doc/%d".formatted(INDEX, acknowledged), "{\"written\": true}");
      acknowledged++;
    } catch (UncheckedIOException | LabFailure e) {
      refused++; // a member has just gone away under it
    }
  }

  int acknowledged() {
    return acknowledged;
  }

  int refused() {
    return refused;
  }

  /// Writes no more, and counts how many of the acknowledged documents are there.
  long found() throws InterruptedException {
    turns.shutdown();
    if (!turns.awaitTermination(2, TimeUnit.MINUTES)) {
      throw new AssertionError("a write does not end");
    }
    client.get("/" + INDEX + "/_refresh");
    return client.get("/" + INDEX + "/_count").path("count").asLong();
  }

  @Override
  public void close() {
    turns.shutdownNow();
    client.close();
  }
}
