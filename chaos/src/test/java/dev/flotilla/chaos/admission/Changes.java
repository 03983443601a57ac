package dev.flotilla.chaos.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Mistakes that are none in any single field: a value that is legal, and not after another one or
/// not beside another one.
final class Changes {

  private static final List<String> CLASS =
      List.of("spec", "pools", "0", "storage", "storageClassName");

  private Changes() {}

  /// What may not become what: identities, and amounts that only grow.
  static Stream<Mistake> later(Sound sound) {
    return switch (sound.kind()) {
      case "DatabaseCluster" ->
          Stream.of(
              later(sound, "9.5.4", "spec", "engine", "version"),
              later(sound, "9.4.9", "spec", "engine", "version"),
              later(sound, "9Gi", "spec", "pools", "0", "storage", "size"),
              later(sound, "10239Mi", "spec", "pools", "0", "storage", "size"),
              later(sound, "10G", "spec", "pools", "0", "storage", "size"),
              later(sound, "64Mi", "spec", "pools", "0", "storage", "size"),
              later(sound, "fast", CLASS.toArray(String[]::new)),
              change("is left out", sound.manifest(), sound.without(CLASS), CLASS),
              change("is set", sound.without(CLASS), sound.manifest(), CLASS),
              later(sound, "hot", "spec", "pools", "0", "name"),
              later(sound, List.of("a", "b", "c"), "spec", "topology", "zones"),
              later(sound, List.of("a", "b", "c", "e"), "spec", "topology", "zones"),
              later(sound, List.of(sound.at(List.of("spec", "pools", "0"))), "spec", "pools"));
      case "DatabasePool" -> Stream.of(later(sound, "mail", "spec", "clusterName"));
      default -> Stream.of();
    };
  }

  private static Mistake later(Sound sound, Object value, String... path) {
    var at = List.of(path);
    return change("becomes " + value, sound.manifest(), sound.with(at, value), at);
  }

  private static Mistake change(String what, JsonNode before, JsonNode after, List<String> path) {
    var place = Field.printed(path);
    // A pool that is renamed is said of the list.
    var places = place.equals("spec.pools[0].name") ? List.of("spec.pools") : List.of(place);
    return new Mistake(place + " " + what, Optional.of(before), after, places);
  }

  /// What contradicts something else in the same manifest.
  static Stream<Mistake> crossed(Sound sound) {
    return sound.kind().equals("DatabaseCluster")
        ? Stream.of(
            request(sound, "cpu", "3"),
            request(sound, "cpu", "2001m"),
            request(sound, "memory", "3Gi"),
            request(sound, "memory", "2147483649"),
            crossed(sound, 2, "spec", "pools", "0", "instances"),
            crossed(sound, List.of("Data"), "spec", "pools", "0", "roles"),
            crossed(onlyVoters(sound), List.of("Voter"), "spec", "pools", "0", "roles"),
            names(sound, "s".repeat(54)))
        : Stream.of();
  }

  private static Mistake request(Sound sound, String resource, String amount) {
    var requests = List.of("spec", "pools", "0", "resources", "requests");
    var path = Stream.concat(requests.stream(), Stream.of(resource)).toList();
    return new Mistake(
        "%s is %s".formatted(Field.printed(path), amount),
        Optional.empty(),
        sound.with(path, amount),
        List.of(Field.printed(requests)));
  }

  private static Sound onlyVoters(Sound sound) {
    return new Sound(
        sound.with(List.of("spec", "pools", "1", "roles"), List.of("Voter")), sound.fields());
  }

  private static Mistake crossed(Sound sound, Object value, String... path) {
    var at = List.of(path);
    return new Mistake(
        "%s is %s".formatted(Field.printed(at), value),
        Optional.empty(),
        sound.with(at, value),
        List.of("spec.pools"));
  }

  private static Mistake names(Sound sound, String name) {
    return new Mistake(
        "metadata.name has %d characters".formatted(name.length()),
        Optional.empty(),
        sound.with(List.of("metadata", "name"), name),
        List.of("metadata.name"));
  }
}
