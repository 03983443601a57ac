package dev.flotilla.chaos.live;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchEngine;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchProfile;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The real way to engines, at whose end every member accepts a connection and then says nothing.
final class SilentEngines implements EnginePort {

  /// On the loopback; nobody else listens on the port there.
  private static final String ADDRESS = "127.77.0.1";

  /// Of each tenant; all of them are tried in turn, until the time for one question is over.
  private static final List<String> MEMBERS = List.of("a", "b", "c", "d", "e");

  private final ElasticsearchEngine engine = new ElasticsearchEngine(InstantSource.system());
  private final Set<ClusterRef> asked = new HashSet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final ServerSocket server;

  SilentEngines() throws IOException {
    server =
        new ServerSocket(
            new ElasticsearchProfile().clientPort(), 1000, InetAddress.ofLiteral(ADDRESS));
    Thread.ofVirtual().start(this::accept);
  }

  /// Waits until so many tenants have been asked; each of them waits for most of the time from then
  /// on.
  void awaitHanging(int tenants, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long rest = limit.toNanos();
      while (asked.size() < tenants) {
        if (rest <= 0) {
          throw new AssertionError("only %d engines have been asked".formatted(asked.size()));
        }
        rest = changed.awaitNanos(rest);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Reading<EngineReport> observe(StopSignal stop, Access access) {
    note(access.cluster());
    var addresses = new TreeMap<MemberName, String>();
    MEMBERS.forEach(
        member -> addresses.put(new MemberName(access.cluster().name() + "-" + member), ADDRESS));
    return engine.observe(stop, new Access(access.cluster(), addresses, access.tenant()));
  }

  private void note(ClusterRef cluster) {
    lock.lock();
    try {
      asked.add(cluster);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connections.add(server.accept());
      } catch (IOException e) {
        // Closed: the loop ends by itself.
      }
    }
  }

  @Override
  public void close() {
    engine.close();
    try {
      server.close();
      for (var connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
