package dev.flotilla.operator.cli.operation;

import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.core.view.Request;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `replace CLUSTER MEMBER...`: for each member a new one is made first, and then it goes.
///
/// Source: docs/adr/0034-who-comes-first.md
@Command(
    name = "replace",
    description = {
      "Replace members of a database: a new one with a volume of its own comes first.",
      "One after the other: a new member is made in the same zone, and when it serves, the old one is"
          + " emptied and goes; its volume is kept. Cancelled before that, the new one goes again."
    })
public final class ReplaceCommand extends AskCommand {

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "MEMBER",
      description = "Its members that shall be replaced, at most 16, by name.")
  private List<String> members = List.of();

  /// The command in these surroundings.
  public ReplaceCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Request.Kind kind() {
    return Request.Kind.REPLACE;
  }

  @Override
  List<String> members() {
    return members;
  }
}
