package dev.flotilla.operator.cli.describe;

import java.util.List;
import java.util.stream.Stream;

/// A part of a database and how it is.
///
/// @param object what it is, such as `pool data`
/// @param state a word for people
/// @param reason a stable word of docs/reference/reasons.md; empty if there is nothing to say
/// @param since RFC 3339 in UTC; empty if it is not recorded
/// @param message fact and remedy, uncut; empty if there is nothing to say
/// @param cause whether it is the deepest known cause of what is wrong
public record Branch(
    String object,
    String state,
    String reason,
    String since,
    String message,
    boolean cause,
    List<Branch> children) {

  public Branch {
    children = List.copyOf(children);
  }

  /// The names from below this one down to the cause; empty if it does not lie below.
  List<String> pathToCause() {
    for (Branch child : children) {
      var below = child.pathToCause();
      if (child.cause || !below.isEmpty()) {
        return Stream.concat(Stream.of(child.object), below.stream()).toList();
      }
    }
    return List.of();
  }
}
