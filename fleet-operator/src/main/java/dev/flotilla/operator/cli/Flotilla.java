package dev.flotilla.operator.cli;

import dev.flotilla.operator.cli.about.CompletionCommand;
import dev.flotilla.operator.cli.about.OptionsCommand;
import dev.flotilla.operator.cli.about.VersionCommand;
import dev.flotilla.operator.cli.call.Ends;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.describe.DescribeCommand;
import dev.flotilla.operator.cli.explain.ExplainCommand;
import dev.flotilla.operator.cli.install.InstallCommand;
import dev.flotilla.operator.cli.operation.CancelCommand;
import dev.flotilla.operator.cli.operation.DrainCommand;
import dev.flotilla.operator.cli.operation.ReplaceCommand;
import dev.flotilla.operator.cli.operation.RestartCommand;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.cli.plan.PlanCommand;
import dev.flotilla.operator.cli.status.StatusCommand;
import dev.flotilla.operator.cli.store.StoreCommand;
import dev.flotilla.operator.cli.volume.VolumesCommand;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/// The commands of `flotilla` about databases, under one name.
@Command(description = "A fleet of databases on Kubernetes.", synopsisSubcommandLabel = "COMMAND")
public final class Flotilla {

  private Flotilla() {}

  /// The command line in these surroundings.
  public static CommandLine commandLine(Surroundings surroundings) {
    var line = new CommandLine(new Flotilla());
    line.setCommandName(surroundings.program());
    Stream.of(
            new StatusCommand(surroundings),
            new PlanCommand(surroundings),
            new ExplainCommand(surroundings),
            new DescribeCommand(surroundings),
            new VolumesCommand(surroundings),
            new DrainCommand(surroundings),
            new ReplaceCommand(surroundings),
            new RestartCommand(surroundings),
            new CancelCommand(surroundings),
            StoreCommand.commandLine(surroundings),
            new InstallCommand(surroundings),
            new VersionCommand(surroundings),
            new CompletionCommand(surroundings),
            new OptionsCommand(surroundings))
        .forEach(line::addSubcommand);
    var console = surroundings.console();
    line.setOut(new PrintWriter(console.out(), true, console.out().charset()));
    line.setErr(new PrintWriter(console.err(), true, console.err().charset()));
    finish(line);
    return line;
  }

  /// Gives a command and those below it `--help` with the exit codes, coloured only where colours
  /// can be shown. To be called again after commands were added.
  public static void finish(CommandLine line) {
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setUsageHelpWidth(100);
    for (var command : below(line).toList()) {
      if (!command.getCommandSpec().mixinStandardHelpOptions()) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
      }
      command
          .getCommandSpec()
          .usageMessage()
          .exitCodeListHeading("Exit codes:%n")
          .exitCodeList(exitCodes(command.getCommand()));
    }
  }

  /// A command and all below it.
  private static Stream<CommandLine> below(CommandLine line) {
    return Stream.concat(
        Stream.of(line), line.getSubcommands().values().stream().flatMap(Flotilla::below));
  }

  private static Map<String, String> exitCodes(Object command) {
    var exits = command instanceof Ends ends ? ends.exits() : Exit.OF_LOOKING;
    var codes = new LinkedHashMap<String, String>();
    exits.forEach(exit -> codes.put(" " + exit.code(), exit.meaning()));
    return codes;
  }
}
