package dev.flotilla.chaos.cli;

import dev.flotilla.chaos.lab.Clusters;
import dev.flotilla.operator.cli.call.HomeCluster;
import dev.flotilla.operator.cli.output.Exit;
import io.fabric8.kubernetes.client.Config;
import java.util.Arrays;
import java.util.Optional;

/// The cluster that `./flotilla up` started, or the one that was chosen instead of it.
record LocalCluster(Clusters all) implements HomeCluster {

  @Override
  public Optional<Condition> condition() {
    var condition = all.condition();
    var exit =
        Arrays.stream(Exit.values())
            .filter(candidate -> candidate.code() == condition.exitCode())
            .findFirst()
            .orElse(Exit.FAULT);
    return Optional.of(new Condition(condition.line(), exit));
  }

  @Override
  public Optional<Config> config() {
    return all.config();
  }
}
