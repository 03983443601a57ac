package dev.flotilla.operator.cli.operation;

import dev.flotilla.operator.cli.call.CallFailure;
import dev.flotilla.operator.cli.call.Timeout;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.cli.output.Problem;
import java.time.Duration;
import picocli.CommandLine.Option;

/// The options of commands that change something and may look on until it is done.
final class FollowOptions {

  @Option(
      names = {"-w", "--wait"},
      description = "Look on until it is done; Ctrl-C ends that, and nothing else.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "2h",
      converter = Timeout.class,
      description = "With --wait: how long to look on (default: 2h). It changes nothing else.")
  private Duration timeout = Duration.ofHours(2);

  @Option(names = "--dry-run", description = "Have everything checked, and change nothing.")
  private boolean dryRun;

  boolean isWait() {
    return wait;
  }

  boolean isDryRun() {
    return dryRun;
  }

  Duration timeout() {
    return timeout;
  }

  /// @throws CallFailure if they contradict each other
  void check() {
    if (wait && dryRun) {
      throw new CallFailure(
          Exit.USAGE, Problem.of("with --dry-run nothing begins that --wait could look at"));
    }
  }
}
