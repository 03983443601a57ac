package dev.flotilla.chaos.live;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Leads requests that ask for one kind of object to a server that answers 500.
final class Detour implements AutoCloseable {

  /// Requests that were led astray.
  final AtomicInteger met = new AtomicInteger();

  private final HttpServer server;
  private final AtomicReference<Optional<String>> resource =
      new AtomicReference<>(Optional.empty());

  Detour() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          met.incrementAndGet();
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    server.start();
  }

  /// From now on every read of the resource fails; empty ends that.
  void failOn(Optional<String> plural) {
    resource.set(plural);
  }

  /// The same client with the detour in its way; the one that was given is closed.
  KubernetesClient through(KubernetesClient client) {
    try (client) {
      return new KubernetesClientBuilder()
          .withConfig(client.getConfiguration())
          .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("detour", new Led()))
          .build();
    }
  }

  private final class Led implements Interceptor {

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      boolean reads = "GET".equals(request.method());
      if (reads && resource.get().filter(name -> asksFor(request, name)).isPresent()) {
        builder.uri(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
      }
    }

    private static boolean asksFor(HttpRequest request, String plural) {
      return request.uri().getPath().matches(".*/%s(/[^/]*)?".formatted(plural));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
