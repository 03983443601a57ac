package dev.flotilla.chaos.bench;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process that says when it has done what is measured.
final class TimedProcess {

  /// The line by which it says so.
  static final String DONE = "what is measured is done";

  private static final long LAST_WORDS_SECONDS = 60;

  private TimedProcess() {}

  /// Runs one, from its start to its end; the end of its input asks it to end.
  ///
  /// @param input the first line that it reads
  /// @param log for everything that it says
  /// @return time from its start until it said [#DONE]
  /// @throws IllegalStateException if it ends before
  static Duration run(List<String> command, String input, Path log)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var from = process.inputReader();
        var said = Files.newBufferedWriter(log, CREATE, APPEND)) {
      Duration time;
      try (var to = process.outputWriter()) {
        to.write(input + "\n");
        to.flush();
        time = untilDone(from, said, start);
      }
      from.transferTo(said);
      var _ = process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
      return time;
    } finally {
      process.destroyForcibly();
    }
  }

  private static Duration untilDone(BufferedReader from, Writer said, long start)
      throws IOException {
    for (var line = from.readLine(); line != null; line = from.readLine()) {
      if (line.equals(DONE)) {
        return Duration.ofNanos(System.nanoTime() - start);
      }
      said.write(line + "\n");
    }
    throw new IllegalStateException("it ended before it was done");
  }
}
