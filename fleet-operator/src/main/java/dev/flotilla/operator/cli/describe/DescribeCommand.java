package dev.flotilla.operator.cli.describe;

import dev.flotilla.operator.cli.call.CommonOptions;
import dev.flotilla.operator.cli.call.DatabaseName;
import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.call.Verb;
import dev.flotilla.operator.cli.output.Answer;
import dev.flotilla.operator.cli.output.Exit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `describe CLUSTER`: where in the tree the cause lies.
@Command(
    name = "describe",
    description = "Show a database as a tree, with the deepest cause of what is wrong marked.")
public final class DescribeCommand extends Verb {

  @Parameters(
      paramLabel = "CLUSTER",
      converter = DatabaseName.Converter.class,
      description = "A database, as NAMESPACE/NAME or NAME.")
  private DatabaseName database = new DatabaseName(Optional.empty(), "");

  @Option(names = "--all-conditions", description = "Show conditions that are good, one by one.")
  private boolean allConditions;

  @Option(names = "--no-group", description = "Show members that are alike one by one.")
  private boolean noGroup;

  /// The command in these surroundings.
  public DescribeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public List<Exit> exits() {
    return List.of(Exit.DONE, Exit.FAULT, Exit.USAGE, Exit.ABSENT, Exit.FORBIDDEN);
  }

  @Override
  protected Answer answer(Session session, CommonOptions common) {
    var namespace = session.namespaceOf(database);
    return session
        .database(namespace, database.name())
        .<Answer>map(cluster ->
            new Answer.Told(Exit.DONE, new Trees(cluster, !noGroup, allConditions).describe()))
        .orElseGet(() -> session.absent(namespace, database.name()));
  }
}
