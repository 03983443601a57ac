package dev.flotilla.chaos.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs the scripts in `chaos/lab`, each with a deadline and a log.
///
/// Blocking. What a script prints goes to its log; the last line of its standard output is its
/// answer.
final class Scripts {

  private static final int LONGEST_TITLE = 160;

  private final Path folder;

  Scripts(Path folder) {
    this.folder = folder;
  }

  /// What is run, and how long it may take.
  ///
  /// @param log where its output is appended
  /// @param deadline when it is ended by force
  /// @param progress gets each line of output that tells how far the script is, without its mark `@
  ///   `
  record Run(Path log, Duration deadline, Consumer<String> progress) {
    Run(Path log, Duration deadline) {
      this(log, deadline, line -> {});
    }
  }

  /// Runs a script to its end.
  ///
  /// @return the last line that it printed, empty if none
  /// @throws LabFailure if it ends with an error or not in time
  String run(Run run, String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of(folder.resolve(script).toString()));
    command.addAll(List.of(arguments));
    String all = script + " " + String.join(" ", arguments);
    String what = all.substring(0, Math.min(all.length(), LONGEST_TITLE));
    try {
      Files.createDirectories(run.log().toAbsolutePath().getParent());
      try (Writer log =
          Files.newBufferedWriter(
              run.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        log.write(Instant.now() + " " + what + "\n");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return finish(process, run, log, what);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String finish(Process process, Run run, Writer log, String what)
      throws IOException {
    // Output is read on this thread; another ends the script when it takes too long.
    Thread guard =
        Thread.startVirtualThread(() -> {
          try {
            if (!process.waitFor(run.deadline().toMillis(), TimeUnit.MILLISECONDS)) {
              end(process);
            }
          } catch (InterruptedException e) {
            end(process);
          }
        });
    String last = "";
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("@ ")) {
          run.progress().accept(line.substring(2));
        } else {
          log.write(line + "\n");
          log.flush();
          last = line;
        }
      }
      int code = process.waitFor();
      if (code != 0) {
        String end = code > 128 ? " did not end within " + run.deadline().toSeconds() + " s" : "";
        throw new LabFailure(
            end.isEmpty() ? what + " failed: " + last : what + end,
            "read " + run.log() + ", then try again",
            run.log());
      }
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw new LabFailure(what + " was interrupted", "try again");
    } finally {
      guard.interrupt();
    }
    return last;
  }

  private static void end(Process process) {
    // The script first: one whose child is ended before it goes on with its next line, and may end
    // well.
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
