package dev.flotilla.operator.cli;

import com.sun.net.httpserver.HttpExchange;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A small HTTP server that answers as an API server does: what it was told, else one refusal.
public final class PlayedApiServer implements AutoCloseable {

  private static final int SILENCE = 0;
  private static final String GONE = "DELETED ";
  private static final String VERSION = "(?<=\"resourceVersion\":\")\\d+";

  private record Reply(int code, String body) {}

  private final Map<String, Reply> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private final Map<String, UnaryOperator<String>> made = new ConcurrentHashMap<>();
  private final Map<String, Supplier<Stream<String>>> watches = new ConcurrentHashMap<>();
  private final Map<String, String> queries = new ConcurrentHashMap<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile Reply otherwise = refusal(404, "not found");

  public PlayedApiServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext(
        "/",
        exchange -> {
          if (isWatch(exchange)) {
            watch(exchange);
            return;
          }
          var path = exchange.getRequestURI().getPath();
          var request = exchange.getRequestMethod() + " " + path;
          requests.add(request);
          queries.put(request, String.valueOf(exchange.getRequestURI().getQuery()));
          var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          bodies.put(request, sent);
          if (made.containsKey(request)) {
            answers.put(request, new Reply(200, made.get(request).apply(sent)));
          }
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
    made.remove(path);
    answers.put(path, new Reply(code, json));
  }

  /// From now on that is answered with what comes of what was sent.
  ///
  /// @param request a method, a space and a path
  public void answerWith(String request, UnaryOperator<String> answer) {
    made.put(request, answer);
  }

  /// The queries of the last request of each kind, by `METHOD /path`.
  public Map<String, String> queries() {
    return queries;
  }

  /// From now on whoever watches that path is told of these objects, one after the other, and then
  /// of nothing more.
  ///
  /// @param objects as JSON, behind `DELETED` and a space if it is gone; taken when somebody begins
  ///   to watch; what they lead to happens then
  public void watched(String path, Supplier<Stream<String>> objects) {
    watches.put(path, objects);
  }

  private boolean isWatch(HttpExchange exchange) {
    return watches.containsKey(exchange.getRequestURI().getPath())
        && String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
  }

  /// A line for each, newer than the one before: a client takes no other; the connection stays
  /// open.
  private void watch(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    var lines = exchange.getResponseBody();
    var objects = watches.get(exchange.getRequestURI().getPath()).get().iterator();
    int version = 100;
    while (objects.hasNext()) {
      var object = objects.next();
      var type = object.startsWith(GONE) ? "DELETED" : "MODIFIED";
      var line =
          "{\"type\":\"%s\",\"object\":%s}\n"
              .formatted(
                  type,
                  object.replaceFirst(GONE, "").replaceAll(VERSION, Integer.toString(version++)));
      lines.write(line.getBytes(StandardCharsets.UTF_8));
      lines.flush();
    }
  }

  /// From now on whoever asks for that path gets no answer: the connection ends.
  public void hangUp(String path) {
    made.remove(path);
    answers.put(path, new Reply(SILENCE, ""));
  }

  /// From now on everything is refused.
  public void refuse(int code, String message) {
    answers.clear();
    made.clear();
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
    executor.shutdownNow();
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
