package dev.flotilla.chaos.cli;

import dev.flotilla.chaos.demo.DemoCommand;
import dev.flotilla.chaos.lab.Exit;
import dev.flotilla.chaos.lab.LabFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `./flotilla`: a local cluster, and what is shown on it.
@Command(
    name = "flotilla",
    description = "A fleet of databases on Kubernetes, tried on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private static final int LOG_LINES = 20;

  private Main() {}

  /// Runs one command and ends with its exit code.
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /// The command line, with failures printed as one sentence, the end of the log and a remedy.
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(new DemoCommand());
    line.addSubcommand(new UpCommand());
    line.addSubcommand(new DownCommand());
    line.addSubcommand(new StatusCommand());
    CommandLine kubectl = new CommandLine(new KubectlCommand());
    line.addSubcommand(kubectl);
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
