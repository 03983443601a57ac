package dev.flotilla.chaos.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The way from an operator to its store, byte by byte, on which everything can be made to wait:
/// connections stay open and nobody answers.
final class Wedge implements AutoCloseable {

  private final ServerSocket server;
  private final URI target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Barrier barrier = new Barrier();

  Wedge(URI target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:%d".formatted(server.getLocalPort()));
  }

  /// From now on nothing gets through.
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
        var near = server.accept();
        open.add(near);
        Thread.ofVirtual().start(() -> connect(near));
      } catch (IOException e) {
        // Closed: the loop ends by itself.
      }
    }
  }

  private void connect(Socket near) {
    try (near;
        var far = new Socket(target.getHost(), target.getPort())) {
      open.add(far);
      var back = Thread.ofVirtual().start(() -> pump(far, near));
      pump(near, far);
      back.join();
    } catch (IOException | InterruptedException e) {
      // One of the two sides went away, or the test is over.
    }
  }

  private void pump(Socket from, Socket to) {
    var chunk = new byte[16 * 1024];
    try (from;
        to) {
      for (int count = from.getInputStream().read(chunk);
          count >= 0;
          count = from.getInputStream().read(chunk)) {
        barrier.pass();
        to.getOutputStream().write(chunk, 0, count);
        to.getOutputStream().flush();
      }
    } catch (IOException | InterruptedException e) {
      // The other direction ends with it.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    resume();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
