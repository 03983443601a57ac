package dev.flotilla.chaos.lab;

import dev.flotilla.chaos.lab.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A control plane of its own for a test: etcd, API server and controller manager on loopback, no
/// nodes.
///
/// Pods are fake: nothing runs them unless the test says so. Several may run at once, also in
/// several processes. What a killed test left behind is removed by the next one that gets its
/// number.
public final class ControlPlane implements AutoCloseable {

  private static final String CONTROLLERS = "kube-controller-manager";
  private static final Duration START = Duration.ofSeconds(30);

  private final Places places;
  private final Map<String, String> environment;
  private final Lab lab;
  private final FileChannel held;

  private ControlPlane(Places places, Map<String, String> environment, Lab lab, FileChannel held) {
    this.places = places;
    this.environment = environment;
    this.lab = lab;
    this.held = held;
  }

  /// Starts one; takes about 4 s.
  ///
  /// @throws LabFailure if it does not come up or all numbers are taken
  public static ControlPlane start(
      Places places, Map<String, String> environment, Progress progress) {
    for (int number = LabSpec.FIRST_CONTROL_PLANE; number <= LabSpec.LAST_CONTROL_PLANE; number++) {
      Optional<FileChannel> held = take(places.shared().resolve("control-plane-" + number));
      if (held.isPresent()) {
        Clusters.remove(places, number);
        LabSpec spec = LabSpec.controlPlane(number);
        Lab lab = new LabStart(places, environment, spec).run(progress);
        return new ControlPlane(places, environment, lab, held.get());
      }
    }
    throw new LabFailure("too many control planes run at once", "wait until tests have ended");
  }

  /// What to do with it; it has no nodes.
  public Lab lab() {
    return lab;
  }

  /// Starts the controller manager anew, with more requests a second than it can use in place of
  /// its default 20, and with so many workers for StatefulSets in place of 5.
  public void raiseLimits(int workers) {
    new Settings(lab.folder())
        .replace(
            "controller-manager.flags",
            """
            --kube-api-qps=5000
            --kube-api-burst=10000
            --concurrent-statefulset-syncs=%d
            """
                .formatted(workers));
    lab.stop(CONTROLLERS);
    lab.start(CONTROLLERS);
  }

  /// Lets KWOK play every node that is registered from now on, and every pod that is bound to one:
  /// they are ready at once, and nothing runs.
  ///
  /// The first call on a machine builds KWOK, which takes about a minute.
  public void playNodes(Progress progress) {
    Progress.Phase phase = progress.begin("KWOK");
    Path programs = new Warehouse(places, environment).kwok(phase);
    lab.script(
        "services",
        START,
        "service.sh",
        "start",
        "kwok",
        programs.resolve("kwok").toString(),
        "--kubeconfig",
        lab.kubeconfig().toString(),
        "--config",
        places.scripts().resolve("config/kwok.yaml").toString(),
        "--manage-all-nodes",
        "--node-lease-duration-seconds",
        "0",
        "--cidr",
        "198.18.0.1/15");
    phase.done("nodes are played");
  }

  /// Removes it with everything in it.
  @Override
  public void close() {
    try (held) {
      Clusters.remove(places, lab.layout().spec().number());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A number is taken as long as somebody holds the lock of its file.
  private static Optional<FileChannel> take(Path file) {
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isFree(channel)) {
        return Optional.of(channel);
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Held by another thread of this process.
      return false;
    }
  }
}
