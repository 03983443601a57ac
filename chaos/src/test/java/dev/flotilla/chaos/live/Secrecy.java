package dev.flotilla.chaos.live;

import io.fabric8.kubernetes.api.model.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Finds what only Secrets may hold in texts that others can read: as it is, in Base64 as the API
/// server shows it, and encoded as in an address.
final class Secrecy {

  /// Shorter lines are found everywhere by chance.
  private static final int TELLING = 16;

  /// By the name of the Secret and of the entry.
  private final Map<String, List<String>> secrets = new TreeMap<>();

  /// @param secrets of which every entry but certificates is secret
  Secrecy(List<Secret> secrets) {
    for (var secret : secrets) {
      secret
          .getData()
          .forEach((entry, value) -> {
            if (!entry.endsWith(".crt")) {
              this.secrets.put(secret.getMetadata().getName() + "/" + entry, traces(value));
            }
          });
    }
  }

  private static List<String> traces(String base64) {
    var text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    return text.lines()
        .filter(line -> line.length() >= TELLING && !line.startsWith("-----"))
        .flatMap(Secrecy::forms)
        .toList();
  }

  private static Stream<String> forms(String line) {
    var bytes = line.getBytes(StandardCharsets.UTF_8);
    var encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    // Its end depends on what follows.
    return Stream.of(
        line,
        encoded.substring(0, encoded.length() - 2),
        URLEncoder.encode(line, StandardCharsets.UTF_8));
  }

  /// How many entries there are to be found.
  int entries() {
    return (int) secrets.values().stream().filter(traces -> !traces.isEmpty()).count();
  }

  /// The entries of which there is a trace.
  List<String> foundIn(String text) {
    return secrets.entrySet().stream()
        .filter(secret -> secret.getValue().stream().anyMatch(text::contains))
        .map(Map.Entry::getKey)
        .toList();
  }
}
