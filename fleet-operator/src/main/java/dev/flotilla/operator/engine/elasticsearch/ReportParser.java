package dev.flotilla.operator.engine.elasticsearch;

import com.fasterxml.jackson.core.JsonParser;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
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
      var parts = new HealthParts();
      Json.whole(
          json,
          name -> {
            switch (name) {
              case "status" -> parts.status = Optional.of(Json.text(json));
              case "timed_out" -> parts.timedOut = json.getBooleanValue();
              default -> json.skipChildren();
            }
          });
      if (parts.timedOut) {
        return new Reading.Unknown<>("says that its health took too long");
      }
      return parts
          .status
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

  /// The parts of a health, as they come.
  private static final class HealthParts {
    private Optional<String> status = Optional.empty();
    private boolean timedOut;
  }

  /// The parts of a cluster state, as they come.
  private static final class State {

    private Optional<String> uuid = Optional.empty();
    private Optional<String> elected = Optional.empty();
    private SortedMap<String, Identity> nodes = new TreeMap<>();
    private Optional<SortedMap<String, Copies>> shards = Optional.empty();

    private record Identity(String name, String version) {}

    /// What lies on one member.
    ///
    /// @param moving of all
    private record Copies(int all, int moving) {}

    State(JsonParser json) throws IOException {
      Json.whole(
          json,
          field -> {
            switch (field) {
              case "cluster_uuid" -> uuid = Optional.of(Json.text(json));
              case "master_node" -> elected = Json.textIfAny(json);
              case "nodes" -> nodes = Json.byMember(json, State::identity);
              case "routing_nodes" ->
                  shards = Json.only(json, "nodes", copies -> Json.byMember(copies, State::count));
              default -> json.skipChildren();
            }
          });
    }

    private static Identity identity(JsonParser json) throws IOException {
      var texts = Json.texts(json, List.of("name", "version"));
      return new Identity(texts.getFirst(), texts.getLast());
    }

    /// Each row is one copy of a shard. A copy that is on the move has a row at either end.
    private static Copies count(JsonParser json) throws IOException {
      var moving = Json.objects(json, State::isMoving);
      return new Copies(moving.size(), (int) moving.stream().filter(it -> it).count());
    }

    private static boolean isMoving(JsonParser json) throws IOException {
      return Json.only(json, "relocating_node", Json::textIfAny).flatMap(it -> it).isPresent();
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
              .map(node -> node(node.getKey(), node.getValue(), copies))
              .sorted((left, right) -> left.name().compareTo(right.name()))
              .toList();
      return new Reading.Known<>(new EngineReport(uuid.orElseThrow(), health, reported), readAt);
    }

    private static EngineReport.Node node(
        String id, Identity identity, Map<String, Copies> copies) {
      var here = copies.getOrDefault(id, new Copies(0, 0));
      return new EngineReport.Node(
          identity.name(), id, identity.version(), here.all(), here.moving());
    }
  }
}
