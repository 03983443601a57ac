package dev.flotilla.raft.ratis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// The way to a voter in another zone: everything that is sent on it comes later, in its order.
final class Relay implements AutoCloseable {

  private static final int CHUNK = 64 * 1024;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ServerSocket entrance;
  private final InetSocketAddress target;
  private final long delay;
  private final AtomicLong carried = new AtomicLong();

  /// What arrived, and when it may go on. No bytes: the end.
  private record Piece(byte[] bytes, long due) {}

  /// @param delay on each way
  Relay(InetSocketAddress target, Duration delay) throws IOException {
    this.target = target;
    this.delay = delay.toNanos();
    entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /// Where one connects in place of the target.
  InetSocketAddress address() {
    return new InetSocketAddress(entrance.getInetAddress(), entrance.getLocalPort());
  }

  /// Bytes that went through, both ways.
  long carried() {
    return carried.get();
  }

  private void accept() {
    try {
      while (true) {
        var near = entrance.accept();
        var far = new Socket(target.getAddress(), target.getPort());
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        carry(near, far);
        carry(far, near);
      }
    } catch (IOException e) {
      close(); // it was closed, or the voter is gone
    }
  }

  private void carry(Socket from, Socket to) {
    var pieces = new LinkedBlockingQueue<Piece>();
    threads.execute(() -> read(from, pieces));
    threads.execute(() -> write(pieces, to));
  }

  private void read(Socket from, BlockingQueue<Piece> pieces) {
    var chunk = new byte[CHUNK];
    try (from) {
      for (int n = from.getInputStream().read(chunk);
          n > 0;
          n = from.getInputStream().read(chunk)) {
        pieces.add(new Piece(Arrays.copyOf(chunk, n), System.nanoTime() + delay));
      }
    } catch (IOException e) {
      // the end is passed on
    }
    pieces.add(new Piece(new byte[0], System.nanoTime() + delay));
  }

  private void write(BlockingQueue<Piece> pieces, Socket to) {
    try (to) {
      for (var piece = pieces.take(); piece.bytes().length > 0; piece = pieces.take()) {
        for (long left = piece.due() - System.nanoTime();
            left > 0;
            left = piece.due() - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        to.getOutputStream().write(piece.bytes());
        carried.addAndGet(piece.bytes().length);
      }
    } catch (IOException e) {
      // nobody listens any more
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
