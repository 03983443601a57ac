package dev.flotilla.operator.engine.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes a report of the engine's JSON, reading it as a stream, so that a hostile answer costs no
/// more memory than its own length.
final class ReportParser {

  private static final int MAX_NESTING = 32;
  private static final int MAX_TEXT = 255;
  private static final int MAX_LONG_TEXT = 64 * 1024;

  /// More members than any cluster has.
  private static final int MAX_NODES = 1000;

  /// What the engine says instead of a uuid before it was formed.
  private static final String NOT_FORMED = "_na_";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNameLength(MAX_TEXT)
                  .maxNumberLength(MAX_TEXT)
                  .maxStringLength(MAX_LONG_TEXT)
                  .build())
          .build();

  private ReportParser() {}

  /// @param body of `_cluster/health`
  static Reading<EngineReport.Health> health(byte[] body) {
    try (var json = JSON.createParser(body)) {
      var status = Optional.<String>empty();
      boolean timedOut = false;
      start(json, JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (enter(json)) {
          case "status" -> status = Optional.of(text(json));
          case "timed_out" -> timedOut = json.getBooleanValue();
          default -> json.skipChildren();
        }
      }
      end(json);
      if (timedOut) {
        return new Reading.Unknown<>("says that its health took too long");
      }
      return status
          .flatMap(ReportParser::health)
          .<Reading<EngineReport.Health>>map(health -> new Reading.Known<>(health, Instant.EPOCH))
          .orElseGet(() -> new Reading.Unknown<>("answered something that is not its health"));
    } catch (IOException e) {
      return new Reading.Unknown<>("answered something that is not its health");
    }
  }

  private static Optional<EngineReport.Health> health(String status) {
    return switch (status) {
      case "green" -> Optional.of(EngineReport.Health.GREEN);
      case "yellow" -> Optional.of(EngineReport.Health.YELLOW);
      case "red" -> Optional.of(EngineReport.Health.RED);
      default -> Optional.empty();
    };
  }

  /// @param health that was answered before
  /// @param body of `_cluster/state`, with nodes and routing nodes
  /// @param readAt when the health was asked for
  static Reading<EngineReport> report(EngineReport.Health health, byte[] body, Instant readAt) {
    try (var json = JSON.createParser(body)) {
      return new State(json).report(health, readAt);
    } catch (IOException e) {
      return new Reading.Unknown<>("answered something that is not its state");
    }
  }

  /// The parts of a cluster state, as they come.
  private static final class State {

    private Optional<String> uuid = Optional.empty();
    private Optional<String> elected = Optional.empty();
    private Map<String, Identity> nodes = new TreeMap<>();
    private Optional<Map<String, Integer>> shards = Optional.empty();

    private record Identity(String name, String version) {}

    State(JsonParser json) throws IOException {
      start(json, JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (enter(json)) {
          case "cluster_uuid" -> uuid = Optional.of(text(json));
          case "master_node" -> elected = textIfAny(json);
          case "nodes" -> nodes = nodes(json);
          case "routing_nodes" -> shards = shards(json);
          default -> json.skipChildren();
        }
      }
      end(json);
    }

    private static Map<String, Identity> nodes(JsonParser json) throws IOException {
      var nodes = new TreeMap<String, Identity>();
      require(json.currentToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var id = json.currentName();
        json.nextToken();
        nodes.put(id, identity(json));
        require(nodes.size() <= MAX_NODES);
      }
      return nodes;
    }

    private static Identity identity(JsonParser json) throws IOException {
      var name = Optional.<String>empty();
      var version = Optional.<String>empty();
      require(json.currentToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (enter(json)) {
          case "name" -> name = Optional.of(text(json));
          case "version" -> version = Optional.of(text(json));
          default -> json.skipChildren();
        }
      }
      require(name.isPresent() && version.isPresent());
      return new Identity(name.orElseThrow(), version.orElseThrow());
    }

    private static Optional<Map<String, Integer>> shards(JsonParser json) throws IOException {
      Optional<Map<String, Integer>> shards = Optional.empty();
      require(json.currentToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        if (enter(json).equals("nodes")) {
          shards = Optional.of(shardsByNode(json));
        } else {
          json.skipChildren();
        }
      }
      return shards;
    }

    /// Each row is one copy of a shard. A copy that is on the move has a row at either end.
    private static Map<String, Integer> shardsByNode(JsonParser json) throws IOException {
      var shards = new TreeMap<String, Integer>();
      require(json.currentToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var id = json.currentName();
        start(json, JsonToken.START_ARRAY);
        int rows = 0;
        while (json.nextToken() == JsonToken.START_OBJECT) {
          json.skipChildren();
          rows++;
        }
        require(json.currentToken() == JsonToken.END_ARRAY);
        shards.put(id, rows);
        require(shards.size() <= MAX_NODES);
      }
      return shards;
    }

    Reading<EngineReport> report(EngineReport.Health health, Instant readAt) {
      if (elected.isEmpty()) {
        return new Reading.Unknown<>("sees no elected voter");
      }
      if (uuid.isEmpty() || uuid.orElseThrow().equals(NOT_FORMED)) {
        return new Reading.Unknown<>("has not been formed");
      }
      if (!nodes.containsKey(elected.orElseThrow())) {
        return new Reading.Unknown<>("does not count its elected voter among its nodes");
      }
      if (shards.isEmpty()) {
        return new Reading.Unknown<>("does not say where its shards are");
      }
      var copies = shards.orElseThrow();
      List<EngineReport.Node> reported =
          nodes.entrySet().stream()
              .map(node ->
                  new EngineReport.Node(
                      node.getValue().name(),
                      node.getValue().version(),
                      copies.getOrDefault(node.getKey(), 0)))
              .sorted((left, right) -> left.name().compareTo(right.name()))
              .toList();
      return new Reading.Known<>(new EngineReport(uuid.orElseThrow(), health, reported), readAt);
    }
  }

  private static void start(JsonParser json, JsonToken token) throws IOException {
    require(json.nextToken() == token);
  }

  /// The name of the field at hand; the parser stands on its value afterwards.
  private static String enter(JsonParser json) throws IOException {
    var name = json.currentName();
    json.nextToken();
    return name;
  }

  private static Optional<String> textIfAny(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(text(json));
  }

  /// A text that may be shown to people.
  private static String text(JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.VALUE_STRING);
    var text = json.getText();
    require(
        !text.isBlank()
            && text.length() <= MAX_TEXT
            && text.codePoints().noneMatch(Character::isISOControl));
    return text;
  }

  private static void end(JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
  }

  private static void require(boolean understood) throws IOException {
    if (!understood) {
      throw new IOException("another shape than expected");
    }
  }
}
