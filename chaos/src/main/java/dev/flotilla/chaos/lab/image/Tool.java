package dev.flotilla.chaos.lab.image;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/// Runs the programs that make an image, one after the other.
///
/// @param log file that gets what they print
record Tool(Path log) {
  private static final int SHOWN = 20;

  /// Runs a program to its end with more variables in its environment.
  ///
  /// @throws ImageFailure with the end of its output if it does not succeed
  void run(Map<String, String> environment, List<String> command) throws IOException {
    note(String.join(" ", command));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      finish(command.getFirst(), process.waitFor());
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new ImageFailure(command.getFirst() + " was interrupted");
    }
  }

  /// Runs one of the JDK's own tools, such as `javac`, inside this process.
  ///
  /// @throws ImageFailure with the end of its output if it does not succeed
  void java(String name, List<String> arguments) throws IOException {
    note(name + " " + String.join(" ", arguments));
    ToolProvider tool =
        ToolProvider.findFirst(name)
            .orElseThrow(() -> new ImageFailure("this Java has no " + name + "; a JDK is needed"));
    try (var out =
        new PrintStream(
            Files.newOutputStream(log, StandardOpenOption.APPEND), true, StandardCharsets.UTF_8)) {
      finish(name, tool.run(out, out, arguments.toArray(new String[0])));
    }
  }

  private void note(String command) throws IOException {
    Files.writeString(
        log, "$ " + command + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void finish(String name, int status) throws IOException {
    if (status != 0) {
      List<String> lines = Files.readAllLines(log);
      List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN), lines.size());
      throw new ImageFailure(
          name + " ended with " + status + "\n" + String.join("\n", last) + "\nall of it: " + log);
    }
  }
}
