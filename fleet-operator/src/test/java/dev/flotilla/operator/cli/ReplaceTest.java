package dev.flotilla.operator.cli;

import static dev.flotilla.operator.cli.PlayedOperations.MEMBER;
import static dev.flotilla.operator.cli.PlayedOperations.PLACE;
import static dev.flotilla.operator.cli.PlayedOperations.replacing;
import static dev.flotilla.operator.cli.PlayedOperations.told;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.operator.core.Drawing;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `flotilla replace`, and `flotilla drain --way replace-first`, behind an API server that is
/// played.
@Timeout(60)
class ReplaceTest {

  private final PlayedApiServer server = new PlayedApiServer();
  private final CommandRun run = new CommandRun(server::config);

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode sent() throws Exception {
    return new ObjectMapper().readTree(server.bodies().get("POST " + PLACE));
  }

  private static String[] words(String line) {
    return line.replace("MEMBER", MEMBER).split(" ");
  }

  /// Also where the member cannot go as things are: that is what the new one is made for.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "replace shop/search MEMBER",
        "drain shop/search MEMBER --way replace-first",
      })
  void bothAskForANewMemberFirst(String line) throws Exception {
    PlayedOperations.noRoom(server);

    assertThat(run.run(words(line))).as(run.err()).isZero();

    assertThat(sent().at("/metadata/name").asText()).matches("replace-search-[a-z0-9]{5}");
    assertThat(sent().at("/spec").toString())
        .isEqualTo(
            """
            {"clusterName":"search","type":"Replace","members":["%s"],"timeoutSeconds":7200,\
            "onTimeout":"Hold","cancel":false}\
            """
                .formatted(MEMBER));
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("foreseen begins: It begins at once: a new member is made, and nobody goes");
  }

  @Test
  void aWayThatThereIsNotIsNotTaken() {
    PlayedOperations.room(server);

    assertThat(run.run(words("drain shop/search MEMBER --way fewer-copies"))).isEqualTo(2);

    assertThat(run.err()).contains("fewer-copies", "replace-first");
    assertThat(server.requests()).noneMatch(request -> request.startsWith("POST"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          node nb cordoned        | blocked | ZonesInsufficient | No node of zone b takes a new member
          empties silent          | unknown | EngineUnreadable  | keeps data off
          b: b3[drains, marked]   | waits   | Replacing         | has ended
          """)
  void theOperatorsPlannerSaysWhatIsToBeExpected(
      String situation, String verdict, String reason, String words) {
    PlayedOperations.room(server);
    PlayedOperator.sees(server, Drawing.situation(PlayedOperations.ROOM + situation));

    run.run("replace", "shop/search", MEMBER, "-o", "json");

    assertThat(run.json().at("/foreseen/verdict").asText()).isEqualToIgnoringCase(verdict);
    assertThat(run.json().at("/foreseen/reason").asText()).isEqualTo(reason);
    assertThat(run.json().at("/foreseen/message").asText()).contains(words);
    assertThat(run.json().at("/made").asBoolean()).isEqualTo(!verdict.equals("blocked"));
  }

  private static final Pattern COMMAND = Pattern.compile("flotilla (drain .* --way replace-first)");

  /// The engine's decider and its words about that copy, and the way out, typed as printed.
  @Tag("UX-6")
  @Test
  void explainQuotesTheEngineAndNamesTheWayOut() throws Exception {
    PlayedOperations.noRoom(server);
    PlayedOperator.sees(server, Drawing.situation(PlayedOperations.NO_ROOM + "asked b1"));

    assertThat(run.run("explain", "shop/search")).isZero();

    var explained = run.out();
    assertThat(explained.replaceAll("\\s+", " "))
        .contains(
            "DrainBlocked",
            "Of shard 3 of index orders the engine says: awareness"
                + " says \"no room for this copy here\"")
        .contains("replace-first: as many copies as now throughout");
    var ways = explained.lines().filter(line -> line.matches("  +[0-9] [a-z-]+: .*")).toList();
    assertThat(ways)
        .extracting(line -> line.replaceAll("  +[0-9] ([a-z-]+): .*", "$1"))
        .containsExactly("take-back", "set-the-count-back", "replace-first", "add-a-member");

    var command = COMMAND.matcher(explained);
    assertThat(command.find()).isTrue();
    assertThat(run.run(command.group(1).split(" "))).as(run.err()).isZero();
    assertThat(sent().at("/spec/type").asText()).isEqualTo("Replace");
    assertThat(sent().at("/spec/members/0").asText()).isEqualTo(MEMBER);
  }

  /// What `explain` prints for a drain that cannot go on has to work while it is there.
  @Tag("UX-6")
  @Test
  void aDrainThatWaitsIsNoObstacle() throws Exception {
    PlayedOperations.under(server, told("Waiting", "", "Waiting"));
    server.answerWith("POST " + PLACE, PlayedOperations::made);

    assertThat(run.run(words("drain shop/search MEMBER --way replace-first")))
        .as(run.err())
        .isZero();

    assertThat(sent().at("/spec/type").asText()).isEqualTo("Replace");
  }

  @ParameterizedTest
  @CsvSource({"Replaced, 0", "TimedOut, 3", "Cancelled, 3", "Failed, 3"})
  void waitEndsAsTheOperationDoes(String outcome, int exit) {
    PlayedOperations.under(server, replacing("Waiting", ""));
    server.watched(
        PLACE,
        () ->
            Stream.of(replacing("Preparing", ""), replacing("Ended", outcome))
                .map(Serialization::asJson));

    assertThat(run.run("replace", "shop/search", MEMBER, "--wait")).isEqualTo(exit);

    assertThat(run.out()).contains("has ended: " + outcome);
  }
}
