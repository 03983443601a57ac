package dev.flotilla.operator.cli.about;

import dev.flotilla.operator.cli.call.CommonOptions;
import dev.flotilla.operator.cli.call.Ends;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.output.Exit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/// `options`: those that every command has that looks at a cluster.
@Command(
    name = "options",
    description = "List the options of every command that looks at a cluster.")
public final class OptionsCommand implements Callable<Integer>, Ends {

  private final Surroundings surroundings;

  /// The command in these surroundings.
  public OptionsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public List<Exit> exits() {
    return List.of(Exit.DONE, Exit.USAGE);
  }

  @Override
  public Integer call() {
    var any = CommandSpec.create();
    any.addMixin("common", CommandSpec.forAnnotatedObject(new CommonOptions()));
    var line = new CommandLine(any);
    line.setUsageHelpWidth(100);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.getHelp().optionList().lines().forEach(surroundings.console().out()::println);
    return Exit.DONE.code();
  }
}
