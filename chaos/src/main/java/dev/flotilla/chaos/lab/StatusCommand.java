package dev.flotilla.chaos.lab;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `status`: the local cluster in one line.
@Command(
    name = "status",
    description = "Tell which cluster is used and how it is.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    Clusters all = new Clusters(Places.ofThisMachine(System.getenv()), System.getenv());
    Condition condition = all.condition();
    System.out.println(condition.line());
    return condition.exitCode();
  }
}
