package dev.flotilla.operator.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How text is laid out: lines of a limited width, and ages.
public final class Words {

  private Words() {}

  /// Breaks text at spaces, and only there: a name that is longer than a line gets a line of its
  /// own, uncut.
  ///
  /// @param first what the first line begins with
  /// @param width columns of a line
  public static List<String> wrap(String first, String text, int width) {
    List<String> lines = new ArrayList<>();
    var indent = " ".repeat(first.length());
    var line = new StringBuilder(first);
    boolean empty = true;
    for (String word : text.strip().split("\\s+")) {
      if (!empty && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /// How long ago something was: `8s`, `22m`, `6h12m`, `9d`. What lies ahead, by a clock that
  /// differs, is `0s`.
  public static String age(Instant since, Instant now) {
    var age = Duration.between(since, now);
    if (age.isNegative()) {
      return "0s";
    }
    if (age.toMinutes() == 0) {
      return age.toSeconds() + "s";
    }
    if (age.toHours() == 0) {
      return age.toMinutes() + "m";
    }
    return age.toDays() == 0
        ? "%dh%02dm".formatted(age.toHours(), age.toMinutesPart())
        : age.toDays() + "d";
  }
}
