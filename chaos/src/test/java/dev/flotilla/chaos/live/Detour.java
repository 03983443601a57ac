package dev.flotilla.chaos.live;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/// The way from an operator to the API server, on which requests and watches can be made to fail or
/// to wait.
///
/// It speaks HTTP 1.1 on the loopback and takes one request for each connection. What passes,
/// passes byte by byte, with the rights of whoever may do everything: the operator names the
/// account that it acts as.
final class Detour implements AutoCloseable {

  private static final String GONE =
      """
      {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Expired", "code": 410,
       "message": "too old resource version"}\
      """;

  private final ServerSocket server;
  private final SocketFactory secure;
  private final URI target;
  private final Map<Socket, Request> open = new ConcurrentHashMap<>();
  private final Barrier barrier = new Barrier();
  private volatile Predicate<Request> fails = request -> false;
  private volatile Arrival arrival = request -> {};
  private volatile Answer answer = (request, status) -> {};

  /// One request; a watch is one that stays open.
  ///
  /// @param path without parameters
  record Request(String method, String path, String parameters) {

    boolean isAbout(String plural) {
      return path.matches(".*/%s(/.*)?".formatted(plural));
    }

    boolean isWatch() {
      return parameters.contains("watch=true");
    }

    boolean isWrite() {
      return !method.equals("GET");
    }

    boolean is(String method, String plural) {
      return this.method.equals(method) && isAbout(plural);
    }
  }

  /// What happens when a request arrives, before it goes on.
  @FunctionalInterface
  interface Arrival {
    void of(Request request) throws InterruptedException;
  }

  /// What happens when the API server has answered, before the answer goes back.
  @FunctionalInterface
  interface Answer {
    void to(Request request, int status) throws InterruptedException;
  }

  Detour(Path kubeconfig) throws IOException {
    var config = Config.fromKubeconfig(kubeconfig.toFile());
    target = URI.create(config.getMasterUrl());
    try {
      secure = SSLUtils.sslContext(config).getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(server.getLocalPort());
  }

  /// From now on what matches meets an API server that fails: 410 for a watch, 500 for the rest.
  /// Watches that are under way are cut.
  void fail(Predicate<Request> which) {
    fails = which;
    open.forEach((connection, request) -> {
      if (which.test(request)) {
        close(connection);
      }
    });
  }

  /// Nothing fails any more.
  void mend() {
    fails = request -> false;
  }

  void onArrival(Arrival then) {
    arrival = then;
  }

  void onAnswer(Answer then) {
    answer = then;
  }

  /// From now on nothing gets through, in either direction; what is sent meanwhile is late.
  void pause() {
    barrier.lower();
  }

  /// What was held goes on.
  void resume() {
    barrier.lift();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var connection = server.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        // Closed: the loop ends by itself.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var message = Message.read(connection.getInputStream());
      open.put(connection, message.request());
      arrival.of(message.request());
      barrier.pass();
      if (fails.test(message.request())) {
        connection.getOutputStream().write(failure(message.request()));
      } else {
        forward(message, connection);
      }
    } catch (IOException | InterruptedException e) {
      // One of the two sides went away, or the test is over.
    } finally {
      open.remove(connection);
    }
  }

  /// Once it was sent it is not taken back, even if the operator does not wait for the answer.
  private void forward(Message message, Socket connection)
      throws IOException, InterruptedException {
    try (var onward = secure.createSocket(target.getHost(), target.getPort())) {
      onward.getOutputStream().write(message.bytes());
      onward.getOutputStream().flush();
      Thread.ofVirtual()
          .start(() -> {
            pump(connection, onward, bytes -> {});
            if (message.request().isWatch()) {
              close(onward);
            }
          });
      pump(onward, connection, bytes -> answer.to(message.request(), status(bytes)));
    }
  }

  /// What is done with the first bytes that come.
  @FunctionalInterface
  private interface Beginning {
    void with(byte[] bytes) throws InterruptedException;
  }

  private void pump(Socket from, Socket to, Beginning beginning) {
    var chunk = new byte[16 * 1024];
    try {
      var in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int count = in.read(chunk);
      if (count > 0) {
        beginning.with(chunk);
      }
      while (count >= 0) {
        barrier.pass();
        out.write(chunk, 0, count);
        out.flush();
        count = in.read(chunk);
      }
    } catch (IOException | InterruptedException e) {
      // The other direction ends with it.
    }
  }

  /// The number behind `HTTP/1.1`.
  private static int status(byte[] answer) {
    return Integer.parseInt(new String(answer, 9, 3, StandardCharsets.US_ASCII));
  }

  private static byte[] failure(Request request) {
    var body = request.isWatch() ? GONE : "";
    return """
    HTTP/1.1 %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    Connection: close\r
    \r
    %s\
    """
        .formatted(
            request.isWatch() ? "410 Gone" : "500 Internal Server Error", body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more in any case.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    barrier.lift();
    open.keySet().forEach(Detour::close);
  }

  /// A request as it is sent on: the same, but the connection ends with it.
  private record Message(Request request, byte[] bytes) {

    static Message read(InputStream in) throws IOException {
      var head = head(in);
      var lines = head.lines().toList();
      var words = lines.getFirst().split("[ ?]");
      var request = new Request(words[0], words[1], words.length > 3 ? words[2] : "");
      var body = in.readNBytes(length(lines));
      var out = new ByteArrayOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      if (!request.isWatch()) {
        out.write("Connection: close\r\n".getBytes(StandardCharsets.ISO_8859_1));
      }
      out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      return new Message(request, out.toByteArray());
    }

    /// The lines up to the empty one, each with its end.
    private static String head(InputStream in) throws IOException {
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException();
        }
        head.append((char) next);
      }
      return head.substring(0, head.length() - 2);
    }

    private static int length(List<String> lines) {
      return lines.stream()
          .map(line -> line.toLowerCase(Locale.ROOT))
          .filter(line -> line.startsWith("content-length:"))
          .mapToInt(line -> Integer.parseInt(line.substring("content-length:".length()).strip()))
          .findFirst()
          .orElse(0);
    }
  }
}
