package dev.flotilla.crds.condition;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// An act that ends what a reason stands for, or that shows how to end it.
///
/// Source: UX-5 in docs/requirements.md.
///
/// @param name a short name, such as `uncordon`
/// @param cost what it costs: data that moves, copies that are missing, what cannot be undone
/// @param command what to type; names in braces stand for what it is about, words in capitals for
///   what only the person knows
public record WayOut(String name, String cost, String command) {

  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

  /// The command about these things. What is not known is written as a word in capitals.
  ///
  /// @param names by `flotilla` (the program), `namespace`, `cluster`, `uid`, `member`, `pool`,
  ///   `zone`, `node`, `volume`, `body` (uid of the member's pod, or of its volume claim)
  public String command(Map<String, String> names) {
    return PLACE
        .matcher(command)
        .replaceAll(
            place -> names.getOrDefault(place.group(1), place.group(1).toUpperCase(Locale.ROOT)));
  }
}
