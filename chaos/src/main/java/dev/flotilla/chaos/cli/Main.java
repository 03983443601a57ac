package dev.flotilla.chaos.cli;

import dev.flotilla.chaos.demo.DemoCommand;
import dev.flotilla.chaos.lab.Clusters;
import dev.flotilla.chaos.lab.Exit;
import dev.flotilla.chaos.lab.LabFailure;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.operator.cli.Flotilla;
import dev.flotilla.operator.cli.about.Suggestions;
import dev.flotilla.operator.cli.call.HomeCluster;
import dev.flotilla.operator.cli.call.Surroundings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/// `./flotilla`: a local cluster, what is shown on it, and the commands that look at databases.
public final class Main {

  private static final int LOG_LINES = 20;

  private Main() {}

  /// Runs one command and ends with its exit code.
  public static void main(String[] arguments) {
    var line = commandLine(surroundings());
    if (Surroundings.isCompleter(calledAs())) {
      Suggestions.of(line, List.of(arguments)).forEach(line.getOut()::println);
      return;
    }
    int code = line.execute(arguments);
    line.getOut().flush();
    line.getErr().flush();
    System.out.flush();
    // Not exit, which asks for a logger first: that takes as long as all of the above.
    Runtime.getRuntime().halt(code);
  }

  private static String calledAs() {
    return System.getenv().getOrDefault("FLOTILLA_CALLED_AS", "./flotilla");
  }

  /// What commands find around themselves: as a plug-in of `kubectl` they look at the cluster that
  /// `kubectl` looks at, otherwise at the local one.
  public static Surroundings surroundings() {
    Map<String, String> environment = System.getenv();
    var calledAs = calledAs();
    return Surroundings.ofThisProcess(
        calledAs,
        environment,
        Surroundings.isPlugin(calledAs)
            ? HomeCluster.ofKubeconfig()
            : new LocalCluster(new Clusters(Places.ofThisMachine(environment), environment)));
  }

  /// The command line, with failures printed as one sentence, the end of the log and a remedy.
  public static CommandLine commandLine(Surroundings surroundings) {
    CommandLine line = Flotilla.commandLine(surroundings);
    line.addSubcommand(new DemoCommand());
    line.addSubcommand(new UpCommand());
    line.addSubcommand(new DownCommand());
    CommandLine kubectl = new CommandLine(new KubectlCommand());
    line.addSubcommand(kubectl);
    Flotilla.finish(line);
    kubectl.setStopAtPositional(true);
    kubectl.setUnmatchedOptionsArePositionalParams(true);
    line.setExecutionExceptionHandler((failure, failed, parsed) -> {
      if (failure instanceof LabFailure lab) {
        return refuse(lab, new PrintStream(System.err, true, StandardCharsets.UTF_8));
      }
      throw failure;
    });
    return line;
  }

  /// Prints a failure as the end of its log, one sentence and a remedy.
  ///
  /// @return the exit code
  static int refuse(LabFailure failure, PrintStream out) {
    failure.log().filter(Files::isReadable).ifPresent(log -> tail(log, out));
    out.println("error: " + failure.getMessage());
    failure.log().ifPresent(log -> out.println(" log  " + log));
    out.println(" fix  " + failure.remedy());
    return Exit.REFUSED;
  }

  private static void tail(Path log, PrintStream out) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      lines
          .subList(Math.max(0, lines.size() - LOG_LINES), lines.size())
          .forEach(line -> out.println("  | " + line));
    } catch (IOException e) {
      out.println("  | the log cannot be read: " + e.getMessage());
    }
  }
}
