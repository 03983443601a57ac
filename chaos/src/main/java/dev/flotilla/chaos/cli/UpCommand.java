package dev.flotilla.chaos.cli;

import dev.flotilla.chaos.lab.Clusters;
import dev.flotilla.chaos.lab.LabFailure;
import dev.flotilla.chaos.lab.LabSpec;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `up`: starts the local cluster, or repairs it.
@Command(
    name = "up",
    description = "Start, or repair, a local Kubernetes cluster with several zones.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--clusters",
      paramLabel = "N",
      description = "How many clusters, numbered from 0 (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private int clusters;

  @Option(
      names = "--zones",
      split = ",",
      paramLabel = "NAME",
      description = "Names of the zones (default: a,b,c).")
  private List<String> zones = List.of();

  @Option(
      names = "--nodes-per-zone",
      paramLabel = "N",
      description = "Nodes in each zone (default: 2).")
  private @Nullable Integer nodesPerZone;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Use this context of your kubeconfig instead of a local cluster.")
  private @Nullable String context;

  @Override
  public Integer call() {
    Clusters all = new Clusters(Places.ofThisMachine(System.getenv()), System.getenv());
    try (Progress progress = Progress.onStandardError()) {
      if (context != null) {
        all.use(context);
        progress.say("using context " + context + "; ./flotilla down forgets it again");
        return 0;
      }
      List<Path> kubeconfigs =
          IntStream.range(0, clusters)
              .mapToObj(number -> all.up(wanted(all, number), progress).kubeconfig())
              .toList();
      kubeconfigs.forEach(path -> progress.say("export KUBECONFIG=" + path));
    }
    return 0;
  }

  /// What was asked for, and for the rest what the cluster already has.
  private LabSpec wanted(Clusters all, int number) {
    LabSpec basis = all.spec(number).orElseGet(() -> LabSpec.standard(number));
    try {
      LabSpec wanted =
          new LabSpec(
              number,
              zones.isEmpty() ? basis.zones() : zones,
              Optional.ofNullable(nodesPerZone).orElse(basis.nodesPerZone()));
      if (all.spec(number).isPresent() && !wanted.equals(basis)) {
        throw new LabFailure(
            "cluster %d has zones %s with %d nodes each; that cannot be changed while it exists"
                .formatted(number, String.join(",", basis.zones()), basis.nodesPerZone()),
            "./flotilla down, then up again");
      }
      return wanted;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage());
    }
  }
}
