package dev.flotilla.operator.cli.operation;

import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.core.view.Request;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `restart CLUSTER [MEMBER...]`: members are stopped and started again, one after the other.
///
/// Source: docs/adr/0026-a-restart-remembers-nothing.md
@Command(
    name = "restart",
    description = {
      "Restart members of a database, or all of it, one after the other; volumes stay.",
      "The next member is stopped only when all others serve and every shard has its copies. Cancelled,"
          + " no other member is stopped."
    })
public final class RestartCommand extends AskCommand {

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "MEMBER",
      description =
          "Those of its members that are meant, at most 16, by name; all if none is named.")
  private List<String> members = List.of();

  /// The command in these surroundings.
  public RestartCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Request.Kind kind() {
    return Request.Kind.RESTART;
  }

  @Override
  List<String> members() {
    return members;
  }
}
