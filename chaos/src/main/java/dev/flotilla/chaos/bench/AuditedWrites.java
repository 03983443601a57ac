package dev.flotilla.chaos.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// Counts in the API server's audit log what was really written.
final class AuditedWrites {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");
  private static final int REFUSED = 400;

  private final Path log;

  AuditedWrites(Path log) {
    this.log = log;
  }

  /// Where the log ends now.
  long mark() {
    try {
      return Files.size(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes between two marks in a namespace, but for events, bindings and what KWOK wrote.
  long count(long from, long to, String namespace) {
    var word = "\"" + namespace + "\"";
    try (var channel = Files.newByteChannel(log)) {
      channel.position(from);
      var text =
          new String(
              Channels.newInputStream(channel).readNBytes((int) (to - from)),
              StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> line.contains(word) && line.endsWith("}"))
          .filter(line -> isWrite(line, namespace))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isWrite(String line, String namespace) {
    JsonNode entry;
    try {
      entry = JSON.readTree(line);
    } catch (IOException e) {
      return false; // the first or last line of the stretch, of which a part is outside
    }
    var object = entry.path("objectRef");
    var resource = object.path("resource").asText();
    return entry.path("stage").asText().equals("ResponseComplete")
        && WRITES.contains(entry.path("verb").asText())
        && object.path("namespace").asText().equals(namespace)
        && entry.path("responseStatus").path("code").asInt() < REFUSED
        && !resource.equals("events")
        && !resource.equals("bindings")
        && !object.path("subresource").asText().equals("binding")
        && !entry.path("userAgent").asText().startsWith("kwok");
  }
}
