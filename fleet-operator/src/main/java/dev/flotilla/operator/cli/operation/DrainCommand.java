package dev.flotilla.operator.cli.operation;

import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.core.view.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--way",
      paramLabel = "NAME",
      description = {
        "A way out that `explain` names, one of: ${COMPLETION-CANDIDATES}. With replace-first a new"
            + " member is made in the same zone before, as `replace` does."
      })
  private @Nullable Way way;

  /// How a member can go that could not go otherwise.
  enum Way {
    /// A new member comes first.
    REPLACE_FIRST("replace-first");

    private final String typed;

    Way(String typed) {
      this.typed = typed;
    }

    @Override
    public String toString() {
      return typed;
    }
  }

  /// The command in these surroundings.
  public DrainCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Request.Kind kind() {
    return way == Way.REPLACE_FIRST ? Request.Kind.REPLACE : Request.Kind.DRAIN;
  }

  @Override
  List<String> members() {
    return members;
  }
}
