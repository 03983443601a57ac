package dev.flotilla.operator.engine.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of the engine's JSON. The files were recorded from three members of Elasticsearch
/// 9.5.3 with an index of three shards and one replica each.
class ReportParserTest {

  @Test
  void theShardsOfThreeMembersAreCounted() throws IOException {
    assertThat(recorded("state.json")).isEqualTo(known(2, 2, 2));
  }

  /// A copy that is on the move counts at either end.
  @Test
  void movingShardsCountTwice() throws IOException {
    assertThat(recorded("relocating.json")).isEqualTo(known(3, 3, 2, 1, 1, 2));
  }

  @Test
  void aDrainedMemberIsStillThereWithoutShards() throws IOException {
    assertThat(recorded("drained.json")).isEqualTo(known(3, 3, 0));
  }

  /// Two of three members were dead, and the third one answered 200 with all three of them.
  @Test
  void theLastMemberIsNotBelieved() throws IOException {
    assertThat(recorded("leaderless.json"))
        .isEqualTo(new Reading.Unknown<>("sees no elected voter"));
  }

  private static Reading<EngineReport> known(int a, int b, int c) {
    return known(a, b, c, 0, 0, 0);
  }

  private static Reading<EngineReport> known(int a, int b, int c, int ofA, int ofB, int ofC) {
    return new Reading.Known<>(
        new EngineReport(
            "NFwVA9-xTvKidhdWFuCjmQ",
            EngineReport.Health.GREEN,
            List.of(
                node("search-data-a-6hmm99", "17mqWqb8TEuCGc_ZHUuA2A", a, ofA),
                node("search-data-b-ldzlxv", "Xiq-ege6Qxi_NqXA34DixQ", b, ofB),
                node("search-data-c-779zwc", "9S179rfTTcKe_3uueqtEMw", c, ofC))),
        Shop.NOW);
  }

  private static EngineReport.Node node(String name, String id, int shards, int moving) {
    return new EngineReport.Node(name, id, "9.5.3", shards, moving);
  }

  private static Reading<EngineReport> recorded(String file) throws IOException {
    try (var stream = ReportParserTest.class.getResourceAsStream(file)) {
      return ReportParser.report(EngineReport.Health.GREEN, stream.readAllBytes(), Shop.NOW);
    }
  }

  @Test
  void healthIsAColour() {
    assertThat(health("{\"status\":\"green\",\"timed_out\":false}"))
        .contains(EngineReport.Health.GREEN);
    assertThat(health("{\"status\":\"yellow\"}")).contains(EngineReport.Health.YELLOW);
    assertThat(health("{\"more\":{\"x\":[1]},\"status\":\"red\"}"))
        .contains(EngineReport.Health.RED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"status\":\"green\",\"timed_out\":true}",
        "{\"status\":\"green\",\"timed_out\":\"maybe\"}",
        "{\"status\":\"blue\"}",
        "{\"status\":7}",
        "{\"status\":{\"green\":1}}",
        "{\"status\":\"green\"",
        "{\"status\":\"green\"} {}",
        "<html>green</html>"
      })
  void anythingElseIsNoHealth(String body) {
    assertThat(health(body)).isEmpty();
  }

  private static Optional<EngineReport.Health> health(String body) {
    return ReportParser.health(body.getBytes(StandardCharsets.UTF_8)).known();
  }

  private static final String NODES = "\"nodes\":{\"i\":{\"name\":\"m\",\"version\":\"9.5.3\"}}";
  private static final String SHARDS =
      "\"routing_nodes\":{\"nodes\":{\"i\":[{\"index\":\"x\",\"shard\":0}]}}";

  @Test
  void theSmallestReport() {
    assertThat(report("u", "i", NODES, SHARDS))
        .isEqualTo(
            new Reading.Known<>(
                new EngineReport(
                    "u",
                    EngineReport.Health.RED,
                    List.of(new EngineReport.Node("m", "i", "9.5.3", 1, 0))),
                Shop.NOW));
  }

  private static Reading<EngineReport> report(
      String uuid, String elected, String nodes, String shards) {
    return parse(
        "{\"cluster_uuid\":\"%s\",\"master_node\":\"%s\",%s,%s}"
            .formatted(uuid, elected, nodes, shards));
  }

  private static Reading<EngineReport> parse(String body) {
    return ReportParser.report(
        EngineReport.Health.RED, body.getBytes(StandardCharsets.UTF_8), Shop.NOW);
  }

  @Test
  void aStateThatNobodyVouchesForIsUnknown() {
    assertUnknown(
        parse("{\"cluster_uuid\":\"u\",\"master_node\":null,%s,%s}".formatted(NODES, SHARDS)),
        "sees no elected voter");
    assertUnknown(
        parse("{\"cluster_uuid\":\"u\",%s,%s}".formatted(NODES, SHARDS)), "sees no elected voter");
    assertUnknown(report("_na_", "i", NODES, SHARDS), "has not been formed");
    assertUnknown(
        report("u", "j", NODES, SHARDS), "does not count its elected voter among its nodes");
    assertUnknown(
        report("u", "i", NODES, "\"routing_nodes\":{\"unassigned\":[]}"),
        "does not say where its shards are");
    assertUnknown(
        parse("{\"cluster_uuid\":\"u\",\"master_node\":\"i\",%s}".formatted(NODES)),
        "does not say where its shards are");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"nodes\":[]}",
        "{\"nodes\":{\"i\":\"m\"}}",
        "{\"nodes\":{\"i\":{\"name\":\"m\"}}}",
        "{\"nodes\":{\"i\":{\"name\":\"m\",\"version\":9.5}}}",
        "{\"nodes\":{\"i\":{\"name\":\"a\\u0007b\",\"version\":\"9.5.3\"}}}",
        "{\"routing_nodes\":{\"nodes\":{\"i\":{}}}}",
        "{\"routing_nodes\":{\"nodes\":{\"i\":[7]}}}",
        "{\"cluster_uuid\":{}}",
        "{\"cluster_uuid\":\"u\"} trailing"
      })
  void aStateOfAnotherShapeIsUnknown(String body) {
    assertUnknown(parse(body), "answered something that is not its state");
  }

  @Test
  void aStateMeantToHurtIsUnknown() {
    var unknown = "answered something that is not its state";
    assertUnknown(parse("{\"x\":" + "[".repeat(1_000_000)), unknown);
    assertUnknown(parse("{\"x\":" + "{\"a\":".repeat(500_000)), unknown);
    assertUnknown(parse("{\"cluster_uuid\":\"" + "u".repeat(1_000_000) + "\"}"), unknown);
    assertUnknown(parse("{\"" + "k".repeat(1_000_000) + "\":1}"), unknown);
    assertUnknown(parse("{\"version\":" + "9".repeat(1_000_000) + "}"), unknown);
    assertUnknown(parse("{\"nodes\":{" + nodes(2_000) + "}}"), unknown);
  }

  private static String nodes(int count) {
    return String.join(
        ",",
        IntStream.range(0, count)
            .mapToObj(i -> "\"i%d\":{\"name\":\"m\",\"version\":\"1\"}".formatted(i))
            .toList());
  }

  @Property(tries = 300)
  void nothingThrows(@ForAll byte[] body) {
    assertThat(ReportParser.health(body).known()).isEmpty();
    assertThat(ReportParser.report(EngineReport.Health.RED, body, Shop.NOW).known()).isEmpty();
  }

  private static void assertUnknown(Reading<EngineReport> reading, String why) {
    assertThat(reading).isEqualTo(new Reading.Unknown<>(why));
  }
}
