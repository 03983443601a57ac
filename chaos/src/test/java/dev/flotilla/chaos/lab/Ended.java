package dev.flotilla.chaos.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// How a program ended.
///
/// @param code zero for success
/// @param text all that it printed, errors among it
public record Ended(int code, String text) {

  /// Runs a program to its end, with nothing to read.
  public static Ended of(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), text);
  }
}
