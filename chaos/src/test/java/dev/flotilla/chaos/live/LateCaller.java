package dev.flotilla.chaos.live;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Connects again and again to every address that a tenant's list of endpoints calls ready, and
/// hears of each change of the list two seconds late.
///
/// Source: BK8-2 in docs/requirements.md
final class LateCaller implements AutoCloseable {

  private static final long LATE = Duration.ofSeconds(2).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int PAUSE = 100;
  private static final int PORT = 9200;

  private final ConcurrentSkipListMap<Long, List<String>> told = new ConcurrentSkipListMap<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor();
  private final SharedIndexInformer<EndpointSlice> slices;
  private volatile int connected;

  LateCaller(RealTenant tenant) {
    slices =
        tenant
            .client()
            .discovery()
            .v1()
            .endpointSlices()
            .inNamespace(tenant.ref().namespace())
            .withLabel("kubernetes.io/service-name", tenant.ref().name())
            .inform(new Listener());
    turns.scheduleWithFixedDelay(this::call, 0, PAUSE, TimeUnit.MILLISECONDS);
  }

  private final class Listener implements ResourceEventHandler<EndpointSlice> {
    @Override
    public void onAdd(EndpointSlice slice) {
      told.put(System.nanoTime(), ready(slice));
    }

    @Override
    public void onUpdate(EndpointSlice before, EndpointSlice slice) {
      told.put(System.nanoTime(), ready(slice));
    }

    @Override
    public void onDelete(EndpointSlice slice, boolean isUnknown) {
      told.put(System.nanoTime(), List.of());
    }
  }

  private static List<String> ready(EndpointSlice slice) {
    return Optional.ofNullable(slice.getEndpoints()).orElse(List.of()).stream()
        .filter(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady()))
        .map(Endpoint::getAddresses)
        .flatMap(List::stream)
        .toList();
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread calls
  private void call() {
    var known = told.floorEntry(System.nanoTime() - LATE);
    if (known == null) {
      return;
    }
    for (String address : known.getValue()) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, PORT), (int) PATIENCE.toMillis());
        connected++;
      } catch (IOException e) {
        refused.add("%s: %s".formatted(address, e.getMessage()));
      }
    }
  }

  /// How often somebody has answered.
  int connected() {
    return connected;
  }

  /// Who has not answered, and how.
  List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void close() {
    turns.shutdownNow();
    slices.close();
  }
}
