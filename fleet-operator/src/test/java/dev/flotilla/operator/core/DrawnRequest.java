package dev.flotilla.operator.core;

import static dev.flotilla.operator.core.Drawing.NOW;

import dev.flotilla.operator.core.view.Request;
import dev.flotilla.topology.lifecycle.Deadline;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a person asks for in a [Drawing].
final class DrawnRequest {

  private static final Pattern NAME = Pattern.compile("\\b([a-z][0-9]|nobody-[a-z0-9-]+)\\b");
  private static final Pattern BODY = Pattern.compile("gives up ([a-z0-9-]+)");

  private DrawnRequest() {}

  /// A request named by its place, such as `asked c1 c2 cancelled`: members that exist are called
  /// by their aliases, others by any other word; `restart` and `replace` say what is asked for;
  /// `overdue`, `cancels late` and `over` change it; `gives up pod-of-c1` names a body by its uid.
  static Request of(int number, String line) {
    var names =
        NAME.matcher(line)
            .results()
            .map(found -> found.group(1))
            .map(word -> word.startsWith("nobody") ? word : Drawing.member(word).value())
            .toList();
    boolean isShort = line.contains("gives up");
    var deadline = line.contains("overdue") ? NOW : NOW.plusSeconds(isShort ? 1800 : 3600);
    return new Request(
        "request-" + number,
        "uid-of-request-" + number,
        1,
        NOW.minusSeconds((isShort ? 1700 : 7200) - number),
        new Request.Order(
            kind(line),
            names,
            line.contains("cancelled"),
            new Deadline(
                deadline,
                line.contains("cancels late") || isShort
                    ? Deadline.OnTimeout.CANCEL
                    : Deadline.OnTimeout.HOLD),
            abandoned(line)),
        line.endsWith("over"),
        new TreeSet<>(),
        new TreeSet<>());
  }

  private static Request.Kind kind(String line) {
    if (line.contains("restart")) {
      return Request.Kind.RESTART;
    }
    return line.contains("replace") ? Request.Kind.REPLACE : Request.Kind.DRAIN;
  }

  private static Optional<String> abandoned(String line) {
    var found = BODY.matcher(line);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
