package dev.flotilla.chaos.cli;

import dev.flotilla.chaos.lab.Clusters;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.progress.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `down`: removes all local clusters with everything that belongs to them.
@Command(
    name = "down",
    description = "Remove the local clusters with their volumes; nothing is left behind.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  @Option(names = "--purge", description = "Also empty the cache of programs, packages and images.")
  private boolean purge;

  @Override
  public Integer call() {
    Clusters all = new Clusters(Places.ofThisMachine(System.getenv()), System.getenv());
    try (Progress progress = Progress.onStandardError()) {
      all.down(progress);
      if (purge) {
        all.purge(progress);
      }
    }
    return 0;
  }
}
