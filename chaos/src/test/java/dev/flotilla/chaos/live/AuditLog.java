package dev.flotilla.chaos.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What the API server was really asked, from its own audit log.
final class AuditLog {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> BODIES = Set.of("pods", "persistentvolumeclaims");
  private static final Set<String> READS = Set.of("get", "list", "watch");
  private static final int CREATED = 201;

  private final Path file;

  AuditLog(Path file) {
    this.file = file;
  }

  /// @param verb as Kubernetes names it; server-side apply is `patch`
  /// @param resource plural, with its subresource behind a slash
  /// @param message why it was refused; empty if it was not
  record Request(
      String agent, String verb, String resource, String namespace, int code, String message) {

    boolean isByTheOperator() {
      return agent.startsWith("flotilla-operator");
    }

    boolean isWrite() {
      return !READS.contains(verb);
    }

    /// Whether a pod or a volume claim came into being by it, or was to go.
    boolean makesOrEndsABody() {
      return BODIES.contains(resource)
          && (verb.startsWith("delete") || (verb.equals("create") && code == CREATED));
    }
  }

  long mark() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Completed requests about a namespace since a mark.
  List<Request> since(long mark, String namespace) {
    return since(mark).stream().filter(request -> request.namespace().equals(namespace)).toList();
  }

  /// All completed requests since a mark. A line that is still being written counts next time.
  List<Request> since(long mark) {
    try (var channel = Files.newByteChannel(file)) {
      channel.position(mark);
      var text =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .filter(line -> line.contains("\"ResponseComplete\""))
          .map(AuditLog::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How many of them there are by verb and resource.
  static Map<String, Integer> count(List<Request> requests, Predicate<Request> which) {
    var counts = new TreeMap<String, Integer>();
    requests.stream()
        .filter(which)
        .forEach(it -> counts.merge(it.verb() + " " + it.resource(), 1, Integer::sum));
    return counts;
  }

  private static Request parse(String line) {
    try {
      JsonNode event = JSON.readTree(line);
      var object = event.path("objectRef");
      var sub = object.path("subresource").asText();
      return new Request(
          event.path("userAgent").asText(),
          event.path("verb").asText(),
          object.path("resource").asText() + (sub.isEmpty() ? "" : "/" + sub),
          object.path("namespace").asText(),
          event.path("responseStatus").path("code").asInt(),
          event.path("responseStatus").path("message").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
