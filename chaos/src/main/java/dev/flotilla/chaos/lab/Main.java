package dev.flotilla.chaos.lab;

import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.chaos.lab.progress.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands of `./flotilla` that work on this machine: a local cluster, and what is shown on
/// it.
@Command(
    name = "flotilla",
    description = "A fleet of databases on Kubernetes, tried on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      KubectlCommand.class,
      // `demo` is added here.
    })
public final class Main {

  /// The answer is no: something could not be started, or is not healthy.
  static final int REFUSED = 3;

  /// There is no such thing.
  static final int ABSENT = 5;

  private static final int LOG_LINES = 20;

  private Main() {}

  /// Runs one command and ends with its exit code.
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /// The command line, with failures printed as one sentence, the end of the log and a remedy.
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler((failure, failed, parsed) -> {
      if (failure instanceof LabFailure lab) {
        explain(lab, standardError());
        return REFUSED;
      }
      throw failure;
    });
    CommandLine kubectl = Objects.requireNonNull(line.getSubcommands().get("kubectl"));
    kubectl.setStopAtPositional(true);
    kubectl.setUnmatchedOptionsArePositionalParams(true);
    return line;
  }

  /// Progress on standard error, in the form that it can show.
  static Progress progress() {
    return Progress.on(standardError(), Terminal.ofStandardError(System.getenv()));
  }

  private static PrintStream standardError() {
    return new PrintStream(System.err, true, StandardCharsets.UTF_8);
  }

  private static void explain(LabFailure failure, PrintStream out) {
    failure.log().filter(Files::isReadable).ifPresent(log -> tail(log, out));
    out.println("error: " + failure.getMessage());
    failure.log().ifPresent(log -> out.println(" log  " + log));
    out.println(" fix  " + failure.remedy());
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
