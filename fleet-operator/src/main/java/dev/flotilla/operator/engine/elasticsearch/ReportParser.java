package dev.flotilla.operator.engine.elasticsearch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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

  /// What the engine says instead of a uuid before it was formed.
  static final String NOT_FORMED = "_na_";

  private ReportParser() {}

  /// @param body of `_cluster/health`
  static Reading<EngineReport.Health> health(byte[] body) {
    try (var json = Json.parser(body)) {
      var status = Optional.<String>empty();
      boolean timedOut = false;
      Json.start(json, JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (Json.enter(json)) {
          case "status" -> status = Optional.of(Json.text(json));
          case "timed_out" -> timedOut = json.getBooleanValue();
          default -> json.skipChildren();
        }
      }
      Json.end(json);
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
    try (var json = Json.parser(body)) {
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
      Json.start(json, JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (Json.enter(json)) {
          case "cluster_uuid" -> uuid = Optional.of(Json.text(json));
          case "master_node" -> elected = Json.textIfAny(json);
          case "nodes" -> nodes = nodes(json);
          case "routing_nodes" -> shards = shards(json);
          default -> json.skipChildren();
        }
      }
      Json.end(json);
    }

    private static Map<String, Identity> nodes(JsonParser json) throws IOException {
      var nodes = new TreeMap<String, Identity>();
      Json.require(json.currentToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var id = json.currentName();
        json.nextToken();
        nodes.put(id, identity(json));
        Json.require(nodes.size() <= Json.MAX_MEMBERS);
      }
      return nodes;
    }

    private static Identity identity(JsonParser json) throws IOException {
      var name = Optional.<String>empty();
      var version = Optional.<String>empty();
      Json.require(json.currentToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (Json.enter(json)) {
          case "name" -> name = Optional.of(Json.text(json));
          case "version" -> version = Optional.of(Json.text(json));
          default -> json.skipChildren();
        }
      }
      Json.require(name.isPresent() && version.isPresent());
      return new Identity(name.orElseThrow(), version.orElseThrow());
    }

    private static Optional<Map<String, Integer>> shards(JsonParser json) throws IOException {
      Optional<Map<String, Integer>> shards = Optional.empty();
      Json.require(json.currentToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        if (Json.enter(json).equals("nodes")) {
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
      Json.require(json.currentToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var id = json.currentName();
        Json.start(json, JsonToken.START_ARRAY);
        int rows = 0;
        while (json.nextToken() == JsonToken.START_OBJECT) {
          json.skipChildren();
          rows++;
        }
        Json.require(json.currentToken() == JsonToken.END_ARRAY);
        shards.put(id, rows);
        Json.require(shards.size() <= Json.MAX_MEMBERS);
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
}
