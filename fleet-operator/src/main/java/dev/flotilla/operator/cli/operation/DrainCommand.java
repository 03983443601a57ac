package dev.flotilla.operator.cli.operation;

import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.core.view.Request;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `drain CLUSTER MEMBER...`: members are emptied, and then they go.
///
/// Source: docs/adr/0027-an-operation-is-a-request.md
@Command(
    name = "drain",
    description = {
      "Empty members of a database, and let them go; their volumes are kept.",
      "It tells beforehand whether that can be done, and asks for nothing that cannot. A new member is"
          + " made for each that has gone, unless the pool is to have fewer by then."
    })
public final class DrainCommand extends AskCommand {

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "MEMBER",
      description = "Its members that shall go, at most 16, by name.")
  private List<String> members = List.of();

  /// The command in these surroundings.
  public DrainCommand(Surroundings surroundings) {
    super(surroundings, Request.Kind.DRAIN);
  }

  @Override
  List<String> members() {
    return members;
  }
}
