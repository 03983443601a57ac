package dev.flotilla.operator.engine.elasticsearch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.Reading;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a cluster state says of members and of the copies of shards, whole or not at all.
///
/// @param elected the id of the elected voter, which is one of the nodes
/// @param nodes by the engine's id
/// @param rows each copy; one that is on the move has a row at either end
/// @param voters ids
/// @param keptFromVoting entries of a list that the operator never writes
record EngineState(
    EngineMarks.Evidence evidence,
    String elected,
    SortedMap<String, Node> nodes,
    List<Row> rows,
    List<String> voters,
    int keptFromVoting) {

  /// The rows are not filtered: a filter drops what is empty, and an absent list would look like an
  /// empty one.
  static final String PATH =
      "/_cluster/state/version,master_node,nodes,routing_nodes,metadata"
          + "?filter_path=cluster_uuid,version,master_node,nodes.*.name,nodes.*.ephemeral_id"
          + ",routing_nodes,metadata.cluster_coordination";

  /// About 400 bytes for each copy of a shard: enough for 20,000 of them.
  static final int MAX_BYTES = 8 * 1024 * 1024;

  EngineState {
    nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    rows = List.copyOf(rows);
    voters = List.copyOf(voters);
  }

  /// @param ephemeral the id of its process
  record Node(String name, String ephemeral) {}

  /// @param node id of who has it; empty if nobody has
  /// @param other id of the other end of its move, on either side
  /// @param leaving whether it goes from here to the other end
  /// @param reason why nobody has it
  record Row(
      String index,
      int shard,
      boolean primary,
      Optional<String> node,
      Optional<String> other,
      boolean leaving,
      Optional<String> reason) {}

  static Reading<EngineState> parse(byte[] body) {
    try (var json = Json.parser(body)) {
      return new Parts(json).state();
    } catch (IOException e) {
      return new Reading.Unknown<>("answered something that is not its state");
    }
  }

  /// The name of whom an id belongs to.
  Optional<String> name(String id) {
    return Optional.ofNullable(nodes.get(id)).map(Node::name);
  }

  /// What is read, as it comes.
  private static final class Parts {
    private Optional<String> uuid = Optional.empty();
    private Optional<String> elected = Optional.empty();
    private long version = -1;
    private long term = -1;
    private final Map<String, Node> nodes = new TreeMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<String> voters = new ArrayList<>();
    private int keptFromVoting;
    private boolean assigned;
    private boolean unassigned;

    Parts(JsonParser json) throws IOException {
      Json.whole(
          json,
          field -> {
            switch (field) {
              case "cluster_uuid" -> uuid = Optional.of(Json.text(json));
              case "version" -> version = Json.count(json);
              case "master_node" -> elected = Json.textIfAny(json);
              case "nodes" -> nodes.putAll(Json.byMember(json, Parts::node));
              case "metadata" -> Json.only(json, "cluster_coordination", this::coordination);
              case "routing_nodes" -> routing(json);
              default -> json.skipChildren();
            }
          });
    }

    private static Node node(JsonParser json) throws IOException {
      var texts = Json.texts(json, List.of("name", "ephemeral_id"));
      return new Node(texts.getFirst(), texts.getLast());
    }

    private Parts coordination(JsonParser json) throws IOException {
      Json.fields(
          json,
          field -> {
            switch (field) {
              case "term" -> term = Json.count(json);
              case "last_committed_config" -> {
                Json.require(json.currentToken() == JsonToken.START_ARRAY);
                while (json.nextToken() != JsonToken.END_ARRAY) {
                  voters.add(Json.text(json));
                }
              }
              case "voting_config_exclusions" ->
                  keptFromVoting = Json.objects(json, JsonParser::skipChildren).size();
              default -> json.skipChildren();
            }
          });
      return this;
    }

    private void routing(JsonParser json) throws IOException {
      Json.fields(
          json,
          field -> {
            switch (field) {
              case "unassigned" -> {
                unassigned = true;
                rows.addAll(Json.objects(json, Parts::row));
              }
              case "nodes" -> {
                assigned = true;
                Json.byMember(json, copies -> rows.addAll(Json.objects(copies, Parts::row)));
              }
              default -> json.skipChildren();
            }
          });
    }

    private static Row row(JsonParser json) throws IOException {
      var parts = new RowParts();
      Json.fields(
          json,
          field -> {
            switch (field) {
              case "index" -> parts.index = Optional.of(Json.text(json));
              case "state" -> parts.state = Optional.of(Json.text(json));
              case "shard" -> parts.shard = Json.count(json);
              case "primary" -> parts.primary = Optional.of(json.getBooleanValue());
              case "node" -> parts.node = Json.textIfAny(json);
              case "relocating_node" -> parts.other = Json.textIfAny(json);
              case "unassigned_info" -> parts.reason = Json.only(json, "reason", Json::text);
              default -> json.skipChildren();
            }
          });
      return parts.row();
    }

    Reading<EngineState> state() throws IOException {
      if (elected.isEmpty()) {
        return new Reading.Unknown<>("sees no elected voter");
      }
      if (!nodes.containsKey(elected.orElseThrow())) {
        return new Reading.Unknown<>("does not count its elected voter among its nodes");
      }
      if (!assigned || !unassigned) {
        return new Reading.Unknown<>("does not say where its shards are");
      }
      Json.require(uuid.isPresent() && version >= 0 && term >= 0);
      var evidence = new EngineMarks.Evidence(uuid.orElseThrow(), term, version);
      return new Reading.Known<>(
          new EngineState(
              evidence, elected.orElseThrow(), new TreeMap<>(nodes), rows, voters, keptFromVoting),
          Instant.EPOCH);
    }
  }

  /// What is read of one copy, as it comes.
  private static final class RowParts {
    private Optional<String> index = Optional.empty();
    private Optional<String> state = Optional.empty();
    private Optional<String> node = Optional.empty();
    private Optional<String> other = Optional.empty();
    private Optional<String> reason = Optional.empty();
    private Optional<Boolean> primary = Optional.empty();
    private long shard = -1;

    Row row() throws IOException {
      Json.require(index.isPresent() && state.isPresent() && primary.isPresent() && shard >= 0);
      Json.require(state.orElseThrow().equals("UNASSIGNED") == node.isEmpty());
      return new Row(
          index.orElseThrow(),
          Math.toIntExact(Math.min(shard, Integer.MAX_VALUE)),
          primary.orElseThrow(),
          node,
          other,
          state.orElseThrow().equals("RELOCATING"),
          node.isPresent() ? Optional.empty() : reason);
    }
  }
}
