package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.chaos.demo.TenantClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hc.core5.http.ContentType;

/// A tenant's Elasticsearch as its owner sees it: data enough that moving it takes long, how fast
/// it may move, and what keeps data off members.
final class SlowedEngine implements AutoCloseable {

  private static final String LIST = "cluster.routing.allocation.exclude._name";
  private static final String SPEED = "indices.recovery.max_bytes_per_sec";
  private static final String INDEX = "heavy";
  private static final int BULKS = 6;
  private static final int DOCUMENTS = 40;
  private static final int BYTES = 75_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TenantClient client;

  SlowedEngine(RealTenant tenant) {
    this(tenant.connect());
  }

  /// Of whoever may do everything.
  SlowedEngine(TenantClient client) {
    this.client = client;
  }

  /// Stores 24 MB that cannot be made smaller, two copies of each of five shards.
  void fill() {
    client.send(
        "PUT",
        "/" + INDEX,
        """
        {"settings": {"number_of_shards": 5, "number_of_replicas": 1,
                      "index.store.stats_refresh_interval": "0s"},
         "mappings": {"dynamic": false}}
        """);
    var random = new Random(7);
    for (int bulk = 0; bulk < BULKS; bulk++) {
      int first = bulk * DOCUMENTS;
      var lines =
          IntStream.range(first, first + DOCUMENTS)
              .mapToObj(n ->
                  "{\"index\":{\"_id\":\"%d\"}}\n{\"text\":\"%s\"}\n".formatted(n, noise(random)))
              .collect(Collectors.joining());
      var answer =
          client.send(
              "POST",
              "/" + INDEX + "/_bulk?refresh=true",
              lines.getBytes(StandardCharsets.UTF_8),
              ContentType.create("application/x-ndjson"));
      if (answer.path("errors").asBoolean(true)) {
        throw new AssertionError("not stored");
      }
    }
    client.get("/" + INDEX + "/_flush");
  }

  private static String noise(Random random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// Stores a document in an index with three copies of its one shard, each of them in place.
  void triple(String index) {
    client.send(
        "PUT", "/" + index, "{\"settings\": {\"number_of_shards\": 1, \"number_of_replicas\": 2}}");
    client.send("PUT", "/" + index + "/_doc/1?refresh=true", "{\"text\": \"one\"}");
    settled();
  }

  /// What each member was started with, as the member itself says.
  List<String> setting(String name) {
    var found = new ArrayList<String>();
    for (JsonNode node : client.get("/_nodes/settings?flat_settings=true").path("nodes")) {
      found.add(node.path("settings").path(name).asText());
    }
    return found;
  }

  /// How many voters decide together, and who is kept from voting.
  Electorate electorate() {
    var metadata = client.get("/_cluster/state/metadata").at("/metadata/cluster_coordination");
    var voters = metadata.path("last_committed_config");
    var excluded = metadata.path("voting_config_exclusions");
    assertThat(voters.isArray() && excluded.isArray()).as("it says both").isTrue();
    return new Electorate(voters.size(), excluded.size());
  }

  /// @param excluded members that were told not to vote
  record Electorate(int voters, int excluded) {}

  /// How many of its documents are there.
  long count() {
    return client.get("/" + INDEX + "/_count").path("count").asLong();
  }

  static long stored() {
    return (long) BULKS * DOCUMENTS;
  }

  /// Lets data move at a pace at which emptying one member takes a minute.
  void slow() {
    set(SPEED, "\"150kb\"");
  }

  /// Lets so many bytes a second leave or reach a member.
  void slow(long bytesPerSecond) {
    set(SPEED, "\"%db\"".formatted(bytesPerSecond));
  }

  /// Lets data move as fast as the engine has it by itself.
  void fast() {
    set(SPEED, "null");
  }

  /// Writes what keeps data off members as a person would.
  void exclude(String text) {
    set(LIST, JSON.valueToTree(text).toString());
  }

  /// Takes all of it away, as a person would.
  void excludeNobody() {
    set(LIST, "null");
  }

  private void set(String setting, String value) {
    client.send(
        "PUT",
        "/_cluster/settings?flat_settings=true",
        "{\"persistent\": {\"%s\": %s}}".formatted(setting, value));
  }

  /// What keeps data off members now, to the byte; empty if nothing is set.
  String excluded() {
    return client
        .get("/_cluster/settings?flat_settings=true")
        .path("persistent")
        .path(LIST)
        .asText();
  }

  /// The same as names.
  List<String> names() {
    return Arrays.stream(excluded().split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /// Whether a copy is on its way off a member.
  boolean isMovingOff(String member) {
    for (JsonNode copy : client.get("/_cat/shards?format=json&h=node,state")) {
      if (copy.path("state").asText().equals("RELOCATING")
          && copy.path("node").asText().startsWith(member + " ")) {
        return true;
      }
    }
    return false;
  }

  /// Copies of shards on a member.
  int copies(String member) {
    int copies = 0;
    for (JsonNode copy : client.get("/_cat/shards?format=json&h=node")) {
      if (copy.path("node").asText().split(" ")[0].equals(member)) {
        copies++;
      }
    }
    return copies;
  }

  /// The engine itself waits until it has decided and moved everything.
  void settled() {
    client.get(
        "/_cluster/health?wait_for_status=green&wait_for_no_relocating_shards=true"
            + "&wait_for_events=languid&timeout=80s");
  }

  @Override
  public void close() {
    client.close();
  }
}
