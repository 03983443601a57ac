package dev.flotilla.operator.cli.output;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// What a stream can show.
///
/// Source: UX-13 in docs/requirements.md.
///
/// @param drawing whether lines may be drawn again in place
/// @param colour whether text may be coloured
/// @param unicode whether marks and bars may be other than ASCII
/// @param width in columns
public record Terminal(boolean drawing, boolean colour, boolean unicode, int width) {

  /// Whether to use colours; the constants are spelled as people type them.
  public enum Colour {
    /// If the stream is a terminal and nothing speaks against it.
    auto,
    /// Also into a pipe.
    always,
    /// Not at all.
    never
  }

  private static final int STANDARD_WIDTH = 80;

  /// What goes through a pipe is searched more often than it is looked at.
  private static final int PIPE_WIDTH = 120;

  private static final int NARROWEST = 40;

  /// Checks the width.
  public Terminal {
    width = Math.max(width, NARROWEST);
  }

  /// A file or a pipe that shows ASCII.
  public static Terminal none() {
    return new Terminal(false, false, false, PIPE_WIDTH);
  }

  /// What standard output can show. Java does not say whether a stream is a terminal; the script
  /// that starts it does, in `FLOTILLA_STDOUT`.
  public static Terminal ofStandardOutput(Map<String, String> environment) {
    return of(environment, size(environment, "FLOTILLA_STDOUT"), nativeCharset());
  }

  /// What standard error can show, by `FLOTILLA_STDERR`.
  ///
  /// Nothing is drawn if standard error is not a terminal, `NO_COLOR` or `CI` is set, or `TERM` is
  /// `dumb`.
  public static Terminal ofStandardError(Map<String, String> environment) {
    return of(environment, size(environment, "FLOTILLA_STDERR"), nativeCharset());
  }

  private static Optional<String> size(Map<String, String> environment, String name) {
    return Optional.of(environment.getOrDefault(name, "")).filter(size -> !size.isEmpty());
  }

  /// The decision by itself.
  ///
  /// @param size "ROWS COLUMNS" if the stream is a terminal
  public static Terminal of(
      Map<String, String> environment, Optional<String> size, Charset charset) {
    boolean moving =
        size.isPresent()
            && !isSet(environment, "NO_COLOR")
            && !isSet(environment, "CI")
            && !"dumb".equals(environment.get("TERM"));
    return new Terminal(
        moving,
        moving,
        charset.equals(StandardCharsets.UTF_8),
        size.map(Terminal::columns).orElse(PIPE_WIDTH));
  }

  /// The same, as the options `--color` and `--plain` want it.
  public Terminal with(Colour wanted, boolean plain) {
    boolean coloured =
        switch (wanted) {
          case auto -> colour;
          case always -> true;
          case never -> false;
        };
    return new Terminal(drawing, coloured, unicode && !plain, width);
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

  /// What the locale of this process writes in.
  public static Charset nativeCharset() {
    return Charset.forName(System.getProperty("native.encoding", "US-ASCII"));
  }
}
