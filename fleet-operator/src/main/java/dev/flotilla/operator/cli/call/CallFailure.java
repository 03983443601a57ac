package dev.flotilla.operator.cli.call;

import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.cli.output.Problem;
import java.util.Objects;

/// A command cannot begin: no cluster, or options that contradict each other. Caught once, where
/// the command ends.
public final class CallFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Exit exit;
  private final transient Problem problem;

  /// A failure that ends the command.
  public CallFailure(Exit exit, Problem problem) {
    super(problem.what());
    this.exit = exit;
    this.problem = problem;
  }

  Exit exit() {
    return exit;
  }

  Problem problem() {
    return Objects.requireNonNull(problem);
  }
}
