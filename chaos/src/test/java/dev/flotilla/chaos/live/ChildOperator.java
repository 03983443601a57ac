package dev.flotilla.chaos.live;

import dev.flotilla.operator.app.OperatorProcess;
import dev.flotilla.operator.app.OperatorProcess.Outside;
import dev.flotilla.operator.app.Settings;
import dev.flotilla.operator.app.StoreChoice;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.etcd.EtcdAddress;
import dev.flotilla.topology.store.LeaseName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// An operator in a process of its own, which can be stopped in the middle of whatever it does: all
/// its threads and with them every deadline. Its engine never answers.
///
/// It ends with the process that started it, also when that is killed: its standard input ends
/// then.
final class ChildOperator implements AutoCloseable {

  private static final long LAST_WORDS_SECONDS = 20;

  private final Process process;

  private ChildOperator(Process process) {
    this.process = process;
  }

  /// Starts it; it acts some seconds later.
  static ChildOperator start(Detour detour, StoreChoice.Etcd store, Path log) throws IOException {
    return new ChildOperator(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                ChildOperator.class.getName(),
                detour.url(),
                store.address().endpoints().getFirst().toString(),
                store.address().prefix(),
                store.lease().key().path())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start());
  }

  /// From now on none of its threads runs.
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// Its threads go on, where they were.
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /// It ends without a word.
  void kill() {
    process.destroyForcibly();
  }

  private void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("no signal " + name + " reached it");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (process.isAlive()) {
        resume();
      }
      process.getOutputStream().close(); // its end is the operator's
      if (!process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// The operator's own process.
  ///
  /// @param words the API server's address, the store's, its prefix, and the path of the lease
  public static void main(String[] words) throws IOException, InterruptedException {
    var address = new EtcdAddress(List.of(URI.create(words[1])), words[2], Optional.empty());
    var lease = LeaseName.ofSite(words[3].substring(words[3].indexOf('/') + 1));
    var settings =
        new Settings(
            RunningOperator.NAMESPACE, "child", 0, 0, new StoreChoice.Etcd(address, lease));
    var outside =
        new Outside(
            RunningOperator.config(words[0]),
            (stop, access) -> new Reading.Unknown<>("this engine never answers"));
    try (var _ = OperatorProcess.start(settings, outside)) {
      while (System.in.read() >= 0) {
        // Nobody says anything; the end of the input is what is waited for.
      }
    }
  }
}
