package dev.flotilla.operator.cli.output;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The sign that a line begins with. It carries the meaning; its colour is an extra.
public enum Mark {
  /// As it should be.
  OK("✓", "ok", "32"),
  /// Only a person can end it.
  FAIL("✗", "FAIL", "31"),
  /// Worth a look.
  WARN("!", "!", "33"),
  /// In progress.
  WORKING("»", "..", "36"),
  /// Nobody knows.
  UNKNOWN("?", "?", "33"),
  /// Will be made.
  CREATE("+", "+", "32"),
  /// Will be removed.
  REMOVE("-", "-", "31"),
  /// Will be changed.
  CHANGE("~", "~", "33");

  private static final Pattern AT_START =
      Pattern.compile(
          "^(\\s*(?:[\\d-]+\\s+)?)("
              + Arrays.stream(values())
                  .flatMap(mark -> java.util.stream.Stream.of(mark.sign, mark.plain))
                  .distinct()
                  .map(Pattern::quote)
                  .collect(Collectors.joining("|"))
              + ")(?=\\s)");

  private final String sign;
  private final String plain;
  private final String colour;

  Mark(String sign, String plain, String colour) {
    this.sign = sign;
    this.plain = plain;
    this.colour = colour;
  }

  /// @param unicode whether other characters than ASCII can be shown
  public String sign(boolean unicode) {
    return unicode ? sign : plain;
  }

  /// The line with the mark at its start, after a number if there is one, in its colour.
  static String paint(String line) {
    return AT_START
        .matcher(line)
        .replaceFirst(found ->
            found.group(1)
                + "\u001b["
                + of(found.group(2)).colour
                + "m"
                + found.group(2)
                + "\u001b[0m");
  }

  private static Mark of(String sign) {
    return Arrays.stream(values())
        .filter(mark -> mark.sign.equals(sign) || mark.plain.equals(sign))
        .findFirst()
        .orElseThrow();
  }
}
