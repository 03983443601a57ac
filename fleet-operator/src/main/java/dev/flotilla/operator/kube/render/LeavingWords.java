package dev.flotilla.operator.kube.render;

import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.topology.model.MemberName;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Since when clients are told to leave whom, as the text of [Labels#LEAVING]: an endpoint itself
/// has no place for a time.
public final class LeavingWords {

  private LeavingWords() {}

  /// Such as `search-data-a-47sbgb=2026-01-01T00:00:00Z`, with commas; empty if nobody is left.
  static String write(List<KeptObject.Endpoint> endpoints) {
    return endpoints.stream()
        .flatMap(
            endpoint -> endpoint.leaving().stream().map(since -> endpoint.member() + "=" + since))
        .collect(Collectors.joining(","));
  }

  /// The same the other way.
  ///
  /// @return empty if it says anything else
  public static Optional<Map<MemberName, Instant>> read(String text) {
    var leaving = new TreeMap<MemberName, Instant>();
    try {
      for (String entry : text.isEmpty() ? new String[0] : text.split(",", -1)) {
        var words = entry.split("=", -1);
        if (words.length != 2) {
          return Optional.empty();
        }
        leaving.put(new MemberName(words[0]), Instant.parse(words[1]));
      }
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
    return Optional.of(leaving);
  }
}
