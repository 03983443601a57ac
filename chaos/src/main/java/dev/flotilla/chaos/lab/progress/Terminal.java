package dev.flotilla.chaos.lab.progress;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What standard error can show.
///
/// @param drawing whether lines may be drawn again in place, and coloured
/// @param unicode whether marks and bars may be other than ASCII
/// @param width in columns
public record Terminal(boolean drawing, boolean unicode, int width) {

  private static final int STANDARD_WIDTH = 80;
  private static final int NARROWEST = 40;

  /// Checks the width.
  public Terminal {
    width = Math.max(width, NARROWEST);
  }

  /// A file or a pipe.
  public static Terminal none() {
    return new Terminal(false, false, STANDARD_WIDTH);
  }

  /// Asks the environment and standard error itself.
  ///
  /// Nothing is drawn if standard error is not a terminal, `NO_COLOR` or `CI` is set, or `TERM` is
  /// `dumb`.
  public static Terminal ofStandardError(Map<String, String> environment) {
    return of(environment, sizeOfStandardError(), nativeCharset());
  }

  /// The decision by itself.
  ///
  /// @param size "ROWS COLUMNS" if standard error is a terminal
  static Terminal of(Map<String, String> environment, Optional<String> size, Charset charset) {
    boolean plain =
        size.isEmpty()
            || isSet(environment, "NO_COLOR")
            || isSet(environment, "CI")
            || "dumb".equals(environment.get("TERM"));
    return new Terminal(
        !plain, charset.equals(StandardCharsets.UTF_8), size.map(Terminal::columns).orElse(0));
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isEmpty();
  }

  private static int columns(String size) {
    String[] words = size.strip().split(" ");
    int columns =
        words.length == 2 && words[1].matches("\\d{1,4}") ? Integer.parseInt(words[1]) : 0;
    return columns == 0 ? STANDARD_WIDTH : columns;
  }

  private static Charset nativeCharset() {
    return Charset.forName(System.getProperty("native.encoding", "US-ASCII"));
  }

  /// Java does not say whether standard error is a terminal; a child that inherits it can.
  private static Optional<String> sizeOfStandardError() {
    try {
      Process child =
          new ProcessBuilder("sh", "-c", "test -t 2 && { stty size <&2 || echo 0 0; }")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String answer = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      boolean ended = child.waitFor(2, TimeUnit.SECONDS);
      return ended && child.exitValue() == 0 ? Optional.of(answer) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
