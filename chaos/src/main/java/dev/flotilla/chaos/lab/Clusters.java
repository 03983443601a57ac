package dev.flotilla.chaos.lab;

import dev.flotilla.chaos.lab.folder.Clearing;
import dev.flotilla.chaos.lab.progress.Progress;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The clusters of this machine: those that were started here, or the one of somebody else that is
/// used instead.
public final class Clusters {

  private static final Duration DOWN = Duration.ofMinutes(2);

  /// Written when a cluster has come up completely for the first time.
  private static final String COMPLETE = "complete";

  private final Places places;
  private final Map<String, String> environment;

  /// The clusters whose folders lie in `places`.
  public Clusters(Places places, Map<String, String> environment) {
    this.places = places;
    this.environment = environment;
  }

  /// What the cluster of that number was started with.
  public Optional<LabSpec> spec(int number) {
    return new Settings(places.cluster(number)).spec();
  }

  /// Starts or repairs a cluster.
  ///
  /// One that has never been complete and cannot be repaired is started afresh. One that has been
  /// is not: somebody may want what is in it.
  public Lab up(LabSpec spec, Progress progress) {
    return locked(() -> {
      Path folder = places.cluster(spec.number());
      boolean halfStarted = Files.exists(folder) && !Files.exists(folder.resolve(COMPLETE));
      Lab lab;
      try {
        lab = new LabStart(places, environment, spec).run(progress);
      } catch (LabFailure e) {
        if (!halfStarted) {
          throw e;
        }
        progress.say("cluster " + spec.number() + " was half started; starting it afresh");
        remove(spec.number());
        lab = new LabStart(places, environment, spec).run(progress);
      }
      touch(folder.resolve(COMPLETE));
      return lab;
    });
  }

  /// Removes all clusters, and forgets a cluster of somebody else.
  public void down(Progress progress) {
    locked(() -> {
      Progress.Phase phase = progress.begin("down");
      new Choice(places).forget();
      List<Integer> numbers = numbers();
      numbers.forEach(number -> {
        phase.detail("cluster " + number);
        remove(number);
      });
      new KernelSettings(places).restore();
      phase.done(numbers.isEmpty() ? "there was no local cluster" : numbers.size() + " removed");
      return numbers;
    });
  }

  /// Empties the cache.
  public void purge(Progress progress) {
    Progress.Phase phase = progress.begin("purge");
    deleteAll(places.cache());
    phase.done(places.cache() + " is empty");
  }

  /// Uses a context of the user's kubeconfig from now on.
  public void use(String context) {
    new Choice(places).remember(context, environment);
  }

  /// The context that is used instead of a local cluster.
  public Optional<String> context() {
    return new Choice(places).context();
  }

  /// The command line of kubectl for the cluster that is used; empty if there is none.
  public List<String> kubectl() {
    Optional<List<String>> chosen = new Choice(places).kubectl();
    if (chosen.isPresent()) {
      return chosen.get();
    }
    return Lab.find(places, 0)
        .map(lab ->
            List.of(
                new Settings(lab.folder()).program("kubectl").toString(),
                "--kubeconfig",
                lab.kubeconfig().toString()))
        .orElse(List.of());
  }

  /// How the cluster is that is used.
  public Condition condition() {
    Optional<String> chosen = new Choice(places).context();
    if (chosen.isPresent()) {
      return Condition.ofContext(chosen.get());
    }
    return Lab.find(places, 0).map(Condition::of).orElseGet(Condition::none);
  }

  /// How to reach the API server of the cluster that is used; empty if there is no cluster.
  public Optional<Config> config() {
    return new Choice(places)
        .config()
        .or(() -> Lab.find(places, 0).map(lab -> Config.fromKubeconfig(lab.kubeconfig().toFile())));
  }

  private List<Integer> numbers() {
    Path folder = places.clusters();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d{1,2}"))
          .map(Integer::parseInt)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove(int number) {
    remove(places, number);
  }

  /// Removes one cluster, whatever its state.
  static void remove(Places places, int number) {
    Path folder = places.cluster(number);
    if (new Settings(folder).spec().isPresent()) {
      new Scripts(places.scripts())
          .run(
              new Scripts.Run(places.shared().resolve("down.log"), DOWN),
              "down.sh",
              folder.toString());
    }
    // Without settings nothing was started yet.
    deleteAll(folder);
  }

  private static void deleteAll(Path folder) {
    try {
      Clearing.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Two commands at once would undo each other's work.
  private <T> T locked(Supplier<T> action) {
    Path file = places.shared().resolve("lock");
    try {
      Files.createDirectories(places.shared());
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        if (lock == null) {
          throw busy();
        }
        return action.get();
      }
    } catch (OverlappingFileLockException e) {
      throw busy();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LabFailure busy() {
    return new LabFailure("another ./flotilla up or down is at work", "wait until it has ended");
  }

  private static void touch(Path file) {
    try {
      Files.writeString(file, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
