package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.cli.call.Ends;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.output.Exit;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `store`: the commands about the store, under one name.
@Command(
    name = "store",
    description = "Look after the store in which members are recorded.",
    synopsisSubcommandLabel = "COMMAND")
public final class StoreCommand implements Ends {

  private StoreCommand() {}

  /// The commands in these surroundings.
  public static CommandLine commandLine(Surroundings surroundings) {
    var line = new CommandLine(new StoreCommand());
    Stream.of(
            new MembersCommand(surroundings),
            new CompareCommand(surroundings),
            new ResumeCommand(surroundings),
            new BackupCommand(surroundings),
            new RestoreCommand(surroundings),
            new ReplaceVoterCommand(surroundings))
        .forEach(line::addSubcommand);
    return line;
  }

  @Override
  public List<Exit> exits() {
    return List.of(Exit.DONE, Exit.USAGE);
  }
}
