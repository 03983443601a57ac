package dev.flotilla.operator.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// `/livez`, `/readyz`, `/metrics` and `/voter` on one port, without log-in: they say nothing about
/// tenants beyond their names.
final class HttpEndpoints implements AutoCloseable {

  private static final Duration STOP = Duration.ofSeconds(1);

  private final HttpServer server;

  /// @param notReady why the process is not ready; empty if it is. Never a reason to end it: an API
  ///   server that is away comes back, and a restart would only make it worse
  /// @param voter how this operator's voter does, as JSON; empty if it has none
  HttpEndpoints(
      int port,
      Supplier<Optional<String>> notReady,
      Supplier<String> metrics,
      Supplier<Optional<String>> voter)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/livez", exchange -> answer(exchange, 200, "ok\n"));
    server.createContext("/readyz", exchange -> readiness(exchange, notReady.get()));
    server.createContext("/metrics", exchange -> answer(exchange, 200, metrics.get()));
    server.createContext("/voter", exchange -> voter(exchange, voter.get()));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop((int) STOP.toSeconds());
  }

  private static void readiness(HttpExchange exchange, Optional<String> notReady)
      throws IOException {
    if (notReady.isPresent()) {
      answer(exchange, 503, notReady.get() + "\n");
    } else {
      answer(exchange, 200, "ok\n");
    }
  }

  private static void voter(HttpExchange exchange, Optional<String> state) throws IOException {
    if (state.isPresent()) {
      answer(exchange, 200, state.get() + "\n");
    } else {
      answer(exchange, 404, "this operator has no voter: its store is somewhere else\n");
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    var body = text.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
