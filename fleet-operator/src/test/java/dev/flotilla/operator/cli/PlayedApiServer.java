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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A small HTTP server that answers as an API server does: what it was told, else one refusal.
public final class PlayedApiServer implements AutoCloseable {

  private static final int SILENCE = 0;

  private record Reply(int code, String body) {}

  private final Map<String, Reply> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private final HttpServer server;
  private volatile Reply otherwise = refusal(404, "not found");

  public PlayedApiServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          var path = exchange.getRequestURI().getPath();
          var request = exchange.getRequestMethod() + " " + path;
          requests.add(request);
          bodies.put(
              request,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          var reply = answers.getOrDefault(request, answers.getOrDefault(path, otherwise));
          var body = reply.body().getBytes(StandardCharsets.UTF_8);
          if (reply.code() == SILENCE) {
            exchange.close();
            return;
          }
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(reply.code(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  /// From now on that path is answered so.
  ///
  /// @param path alone, or behind a method and a space
  public void answer(String path, String json) {
    answers.put(path, new Reply(200, json));
  }

  /// From now on that path is answered so.
  public void answer(String path, int code, String json) {
    answers.put(path, new Reply(code, json));
  }

  /// From now on whoever asks for that path gets no answer: the connection ends.
  public void hangUp(String path) {
    answers.put(path, new Reply(SILENCE, ""));
  }

  /// From now on everything is refused.
  public void refuse(int code, String message) {
    answers.clear();
    otherwise = refusal(code, message);
  }

  /// What was asked so far, as `METHOD /path`.
  public List<String> requests() {
    return requests;
  }

  /// What was sent with the last request of each kind, by `METHOD /path`.
  public Map<String, String> bodies() {
    return bodies;
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

  private static Reply refusal(int code, String message) {
    return new Reply(
        code,
        Serialization.asJson(
            Map.of(
                "kind",
                "Status",
                "apiVersion",
                "v1",
                "status",
                "Failure",
                "message",
                message,
                "code",
                code)));
  }
}
