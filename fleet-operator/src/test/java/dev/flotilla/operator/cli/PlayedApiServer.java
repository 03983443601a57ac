package dev.flotilla.operator.cli;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A small HTTP server that answers as an API server does: what it was told, else one refusal.
public final class PlayedApiServer implements AutoCloseable {

  private record Refusal(int code, String message) {}

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final HttpServer server;
  private volatile Refusal refusal = new Refusal(404, "not found");

  public PlayedApiServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          var answer = answers.get(exchange.getRequestURI().getPath());
          var body = (answer == null ? status() : answer).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(answer == null ? refusal.code() : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  /// From now on that path is answered so.
  public void answer(String path, String json) {
    answers.put(path, json);
  }

  /// From now on everything is refused.
  public void refuse(int code, String message) {
    answers.clear();
    refusal = new Refusal(code, message);
  }

  /// How to reach it.
  public Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
        .build();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private String status() {
    return Serialization.asJson(
        Map.of(
            "kind",
            "Status",
            "apiVersion",
            "v1",
            "status",
            "Failure",
            "message",
            refusal.message(),
            "code",
            refusal.code()));
  }
}
