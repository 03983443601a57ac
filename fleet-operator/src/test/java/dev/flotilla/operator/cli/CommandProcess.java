package dev.flotilla.operator.cli;

import dev.flotilla.operator.cli.call.HomeCluster;
import dev.flotilla.operator.cli.call.Surroundings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The commands as a process of its own, for what only a process shows.
final class CommandProcess {

  private CommandProcess() {}

  /// @param arguments the address of an API server, and then a command
  public static void main(String... arguments) {
    var home =
        new HomeCluster() {
          @Override
          public Optional<Condition> condition() {
            return Optional.empty();
          }

          @Override
          public Optional<Config> config() {
            return Optional.of(
                new ConfigBuilder(Config.empty()).withMasterUrl(arguments[0]).build());
          }
        };
    var words = Arrays.copyOfRange(arguments, 1, arguments.length);
    System.exit(
        Flotilla.commandLine(Surroundings.ofThisProcess("flotilla", Map.of(), home))
            .execute(words));
  }
}
