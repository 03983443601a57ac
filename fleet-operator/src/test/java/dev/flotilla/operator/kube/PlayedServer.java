package dev.flotilla.operator.kube;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// A server on loopback that answers as it is told, in order, and then not at all.
final class PlayedServer implements AutoCloseable {

  /// @param code of HTTP; -1 closes the connection without an answer
  record Answer(int code, String body) {}

  static final Answer HANG_UP = new Answer(-1, "");

  /// What was asked, as `METHOD /path?query`.
  final List<String> requests = new CopyOnWriteArrayList<>();

  final CountDownLatch silent = new CountDownLatch(1);

  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;

  PlayedServer(Answer... script) throws IOException {
    answers.addAll(List.of(script));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /// An answer of the API server's own kind.
  static Answer status(int code, String reason, String details) {
    return new Answer(
        code,
        """
        {"apiVersion":"v1","kind":"Status","status":"Failure","message":"words of the server",\
        "reason":"%s","code":%d,"details":%s}\
        """
            .formatted(reason, code, details));
  }

  /// @param limit of one request
  KubernetesClient client(Duration limit) {
    return new KubernetesClientBuilder().withConfig(config(limit)).build();
  }

  /// @param limit of one request
  Config config(Duration limit) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
        .withRequestRetryBackoffLimit(0)
        .withRequestTimeout((int) limit.toMillis())
        .build();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    var answer = answers.poll();
    try (exchange) {
      if (answer == null) {
        silent.countDown();
        await();
      } else if (answer.code() > 0) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.code(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
