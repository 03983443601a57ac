package dev.flotilla.operator.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why a command has no answer.
///
/// @param what one sentence, lower case, without a full stop
/// @param fix the smallest thing to do about it; empty if there is none
public record Problem(String what, Optional<String> fix) {

  /// Without a remedy.
  public static Problem of(String what) {
    return new Problem(what, Optional.empty());
  }

  /// With a remedy.
  public static Problem of(String what, String fix) {
    return new Problem(what, Optional.of(fix));
  }

  List<String> lines() {
    var lines = new ArrayList<>(List.of("error: " + what));
    fix.ifPresent(remedy -> lines.add(" fix  " + remedy));
    return lines;
  }
}
