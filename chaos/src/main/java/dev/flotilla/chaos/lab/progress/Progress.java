package dev.flotilla.chaos.lab.progress;

import dev.flotilla.operator.cli.output.Terminal;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/// Tells what a long command is doing. One phase after the other; everything goes to standard
/// error.
public interface Progress extends AutoCloseable {

  /// Progress of the kind that fits the stream.
  static Progress on(PrintStream out, Terminal terminal) {
    return terminal.drawing()
        ? new DrawnProgress(out, terminal, InstantSource.system())
        : new LineProgress(out, InstantSource.system());
  }

  /// Progress on standard error, in the form that it can show.
  static Progress onStandardError() {
    return on(
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        Terminal.ofStandardError(System.getenv()));
  }

  /// Begins a phase; the one before must have ended.
  ///
  /// @param name a word or two, lower case
  Phase begin(String name);

  /// A line that stands for itself.
  void say(String line);

  /// Ends drawing. Idempotent.
  @Override
  void close();

  /// Something that takes time. Safe for use by several threads.
  interface Phase {

    /// What it is doing now; replaces what was said before.
    void detail(String text);

    /// How far it is.
    ///
    /// @param total 0 if nobody knows
    /// @param unit what is counted, plural
    void count(long done, long total, String unit);

    /// It succeeded.
    ///
    /// @param summary what came of it, at most one line
    void done(String summary);

    /// It failed.
    ///
    /// @param reason one sentence
    void failed(String reason);
  }
}
