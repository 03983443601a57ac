package dev.flotilla.chaos.demo;

import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.progress.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `demo`: everything from nothing to a database that has survived a lost pod and a lost node.
@Command(
    name = "demo",
    description = {
      "Start a cluster with three zones, run a database in it, break things, and verify that every"
          + " document is still there.",
      "The cluster is left running; ./flotilla down removes it."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description =
          "Where the operators record members: ${COMPLETION-CANDIDATES}. Default: raft, in voters"
              + " of their own; with etcd, one is started on the cluster as a user may have it.")
  private Demo.Store store = Demo.Store.raft;

  @Override
  public Integer call() {
    Report report;
    try (Progress progress = Progress.onStandardError()) {
      report =
          new Demo(Places.ofThisMachine(System.getenv()), System.getenv(), store, progress).run();
    }
    System.out.println();
    report.table().forEach(System.out::println);
    System.out.println();
    System.out.printf(
        "%,d documents, each held twice, in different zones; all of them counted after every step%n",
        report.documents());
    System.out.println("to try next:");
    report.commands().forEach(command -> System.out.println("  " + command));
    System.out.println("to remove everything: ./flotilla down");
    return 0;
  }
}
