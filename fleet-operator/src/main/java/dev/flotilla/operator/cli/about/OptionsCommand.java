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
import picocli.CommandLine.Mixin;

/// `options`: those that every command has that looks at a cluster.
@Command(
    name = "options",
    description = "List the options of every command that looks at a cluster.")
public final class OptionsCommand implements Callable<Integer>, Ends {

  /// A command with these options and no other.
  @Command(name = "any")
  static final class Any {
    @Mixin private CommonOptions options = new CommonOptions();
  }

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
    var line = new CommandLine(new Any());
    line.setUsageHelpWidth(100);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.getHelp().optionList().lines().forEach(surroundings.console().out()::println);
    return Exit.DONE.code();
  }
}
