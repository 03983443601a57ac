package dev.flotilla.operator.cli.about;

import dev.flotilla.operator.cli.call.Ends;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.output.Exit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `completion SHELL`: a script that completes commands and options.
@Command(
    name = "completion",
    description = "Print a script that completes commands and options in a shell.")
public final class CompletionCommand implements Callable<Integer>, Ends {

  /// The shells; the constants are spelled as people type them.
  enum Shell {
    /// `source <(flotilla completion bash)`
    bash,
    /// The same script: it turns on what zsh needs for it.
    zsh,
    /// `flotilla completion fish | source`
    fish
  }

  private final Surroundings surroundings;

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.bash;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// The command in these surroundings.
  public CompletionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public List<Exit> exits() {
    return List.of(Exit.DONE, Exit.USAGE);
  }

  @Override
  public Integer call() {
    var program = program();
    var root = spec.root().commandLine();
    var script =
        switch (shell) {
          case bash, zsh -> AutoComplete.bash(program, root);
          case fish -> FishScript.of(program, spec.root());
        };
    script.lines().forEach(surroundings.console().out()::println);
    return Exit.DONE.code();
  }

  /// The file that is called; as a plug-in it has its own name.
  private String program() {
    var words = surroundings.program().split(" ");
    var last = words[words.length - 1];
    var file = last.substring(last.lastIndexOf('/') + 1);
    return words.length > 1 ? words[0] + "-" + file : file;
  }
}
