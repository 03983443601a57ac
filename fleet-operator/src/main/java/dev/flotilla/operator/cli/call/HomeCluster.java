package dev.flotilla.operator.cli.call;

import dev.flotilla.operator.cli.output.Exit;
import io.fabric8.kubernetes.client.Config;
import java.util.Optional;

/// The cluster that is meant when neither `--kubeconfig` nor `--context` names one.
public interface HomeCluster {

  /// How it is, in one line.
  ///
  /// @param exit how a command ends that finds nothing worse
  record Condition(String line, Exit exit) {}

  /// How it is; empty if there is nothing to say beyond what its API server answers.
  Optional<Condition> condition();

  /// How to reach it; empty if there is none.
  Optional<Config> config();

  /// That of the user's kubeconfig.
  static HomeCluster ofKubeconfig() {
    return new HomeCluster() {
      @Override
      public Optional<Condition> condition() {
        return Optional.empty();
      }

      @Override
      public Optional<Config> config() {
        return Optional.of(Config.autoConfigure(null));
      }
    };
  }
}
