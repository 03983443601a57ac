package dev.flotilla.chaos.cli;

import dev.flotilla.chaos.lab.Clusters;
import dev.flotilla.chaos.lab.Condition;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.operator.cli.Status;
import dev.flotilla.operator.cli.StatusOptions;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `status`: the cluster that is used in one line, then its databases.
@Command(
    name = "status",
    description = "Tell which cluster is used, how it is, and how its databases are.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @Mixin private StatusOptions options = new StatusOptions();

  @Override
  public Integer call() {
    Clusters all = new Clusters(Places.ofThisMachine(System.getenv()), System.getenv());
    Condition condition = all.condition();
    PrintStream aside = options.json() ? System.err : System.out;
    aside.println(condition.line());
    Optional<KubernetesClient> used = all.client();
    if (used.isEmpty()) {
      return condition.exitCode();
    }
    try (KubernetesClient client = used.get()) {
      int exitCode = new Status(client, System.out, System.err).run(options);
      return Math.max(exitCode, condition.exitCode());
    }
  }
}
