package dev.flotilla.chaos.cli;

import dev.flotilla.chaos.lab.Clusters;
import dev.flotilla.chaos.lab.Condition;
import dev.flotilla.chaos.lab.Exit;
import dev.flotilla.chaos.lab.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `kubectl`: runs kubectl on the cluster that is used. Input, output and exit code are kubectl's
/// own.
@Command(name = "kubectl", description = "Run kubectl on the cluster.")
final class KubectlCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ARGUMENT")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Clusters all = new Clusters(Places.ofThisMachine(System.getenv()), System.getenv());
    List<String> command = new ArrayList<>(all.kubectl());
    if (command.isEmpty()) {
      System.err.println(Condition.none().line());
      return Exit.ABSENT;
    }
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
