package dev.flotilla.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The last words of a process, for a failure's message: of a build server nothing else is kept.
public final class LogEnd {

  private static final int LINES = 25;

  private LogEnd() {}

  /// The last lines of a log, each on a line of its own; why there are none, if it cannot be read.
  public static String of(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }
}
