package dev.flotilla.chaos.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.chaos.lab.LabFailure;
import dev.flotilla.chaos.lab.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ContentType;

/// WordNet as an index: three shards, each with a copy in another zone, so that a lost node takes
/// no document with it.
final class Dictionary {

  private static final String INDEX = "/wordnet";
  private static final ContentType LINES = ContentType.create("application/x-ndjson");
  private static final int DOCUMENTS_PER_REQUEST = 2_000;
  private static final int BYTES_PER_REQUEST = 1_000_000;
  // One of so many is read back and compared word by word.
  private static final int SAMPLE_EVERY = 5_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SETTINGS =
      """
      {
        "settings": {"number_of_shards": 3, "number_of_replicas": 1},
        "mappings": {
          "dynamic": "strict",
          "properties": {
            "pos": {"type": "keyword"},
            "lemmas": {"type": "text"},
            "gloss": {"type": "text"}
          }
        }
      }
      """;

  private final List<Synset> sample = new ArrayList<>();
  private long total;

  /// How many documents were acknowledged.
  long total() {
    return total;
  }

  /// Creates the index and loads every synset.
  void load(TenantClient client, Progress.Phase phase) {
    try (Stream<Synset> synsets = WordNet.synsets()) {
      load(client, synsets, WordNet.count(), phase);
    }
  }

  /// The same with some synsets, in requests of bounded size.
  void load(TenantClient client, Stream<Synset> synsets, long expected, Progress.Phase phase) {
    client.send("PUT", INDEX, SETTINGS);
    ByteArrayOutputStream lines = new ByteArrayOutputStream(BYTES_PER_REQUEST);
    int held = 0;
    for (Iterator<Synset> all = synsets.iterator(); all.hasNext(); ) {
      Synset synset = all.next();
      append(lines, synset);
      if ((total + held) % SAMPLE_EVERY == 0) {
        sample.add(synset);
      }
      held++;
      if (held == DOCUMENTS_PER_REQUEST || lines.size() >= BYTES_PER_REQUEST || !all.hasNext()) {
        send(client, lines, held);
        held = 0;
        phase.count(total, expected, "documents");
      }
    }
    client.send("POST", INDEX + "/_refresh", "");
  }

  private void send(TenantClient client, ByteArrayOutputStream lines, int documents) {
    JsonNode answer = client.send("POST", INDEX + "/_bulk", lines.toByteArray(), LINES);
    lines.reset();
    if (answer.path("errors").asBoolean(true) || answer.path("items").size() != documents) {
      throw new LabFailure(
          "not all of %d documents were taken: %s".formatted(documents, firstError(answer)),
          "./flotilla status");
    }
    total += documents;
  }

  private static String firstError(JsonNode answer) {
    for (JsonNode item : answer.path("items")) {
      JsonNode error = item.path("index").path("error");
      if (!error.isMissingNode()) {
        return error.path("reason").asText();
      }
    }
    return "no reason was given";
  }

  private static void append(ByteArrayOutputStream lines, Synset synset) {
    ObjectNode action = JSON.createObjectNode();
    action.putObject("index").put("_id", synset.id());
    try {
      lines.write(JSON.writeValueAsBytes(action));
      lines.write('\n');
      lines.write(JSON.writeValueAsBytes(document(synset)));
      lines.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is stored: everything but the id, which is the document's own.
  static ObjectNode document(Synset synset) {
    ObjectNode document = JSON.createObjectNode();
    document.put("pos", synset.pos());
    synset.lemmas().forEach(document.putArray("lemmas")::add);
    document.put("gloss", synset.gloss());
    return document;
  }

  /// Counts what is there and compares a sample with what was sent.
  ///
  /// @return the count
  /// @throws LabFailure unless every document is there and the sample is unchanged
  long verify(TenantClient client) {
    JsonNode answer = client.get(INDEX + "/_count");
    long found = answer.path("count").asLong(-1);
    int failed = answer.path("_shards").path("failed").asInt(-1);
    if (found != total || failed != 0) {
      throw new LabFailure(
          "%,d of %,d documents are there, and %d shards did not answer"
              .formatted(found, total, failed),
          "./flotilla status shop/search");
    }
    for (Synset synset : sample) {
      JsonNode there = client.get(INDEX + "/_doc/" + synset.id()).path("_source");
      if (!there.equals(document(synset))) {
        throw new LabFailure(
            "document " + synset.id() + " is not what was sent: " + there,
            "./flotilla status shop/search");
      }
    }
    return found;
  }

  /// Waits, in the engine itself, until every shard has all its copies and none is on the move.
  ///
  /// @param members how many must have joined
  void awaitCopies(TenantClient client, int members) {
    client.get(
        "/_cluster/health/wordnet?wait_for_status=green&wait_for_no_relocating_shards=true"
            + "&wait_for_no_initializing_shards=true&wait_for_events=languid&timeout=80s"
            + "&wait_for_nodes="
            + members);
  }

  /// Waits, in the engine itself, until every shard is served by somebody.
  void awaitServed(TenantClient client) {
    client.get(
        "/_cluster/health/wordnet?wait_for_status=yellow&wait_for_events=languid&timeout=80s");
  }

  /// A copy of a shard.
  ///
  /// @param member who holds it
  /// @param documents how many are in it
  record Copy(int shard, String member, long documents) {}

  /// All copies of all shards: two of each.
  List<Copy> copies(TenantClient client) {
    List<Copy> copies = new ArrayList<>();
    for (JsonNode line : client.get("/_cat/shards/wordnet?format=json&h=shard,node,docs")) {
      copies.add(
          new Copy(
              line.path("shard").asInt(), line.path("node").asText(), line.path("docs").asLong()));
    }
    return copies;
  }
}
