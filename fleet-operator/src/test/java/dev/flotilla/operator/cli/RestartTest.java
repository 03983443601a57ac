package dev.flotilla.operator.cli;

import static dev.flotilla.operator.cli.PlayedOperations.MEMBER;
import static dev.flotilla.operator.cli.PlayedOperations.PLACE;
import static dev.flotilla.operator.cli.PlayedOperations.restarting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.operator.core.Drawing;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `flotilla restart` behind an API server that is played.
@Timeout(60)
class RestartTest {

  private final PlayedApiServer server = new PlayedApiServer();
  private final CommandRun run = new CommandRun(server::config);

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode sent() throws Exception {
    return new ObjectMapper().readTree(server.bodies().get("POST " + PLACE));
  }

  @Test
  void oneMember() throws Exception {
    PlayedOperations.room(server);

    assertThat(run.run("restart", "shop/search", MEMBER, "--deadline", "10m")).isZero();

    assertThat(sent().at("/metadata/name").asText()).matches("restart-search-[a-z0-9]{5}");
    assertThat(sent().at("/spec").toString())
        .isEqualTo(
            """
            {"clusterName":"search","type":"Restart","members":["%s"],"timeoutSeconds":600,\
            "onTimeout":"Hold","cancel":false}\
            """
                .formatted(MEMBER));
    assertThat(run.out()).contains("foreseen  begins: It begins at once", MEMBER);
  }

  @Test
  void withoutANameAllOfThem() throws Exception {
    PlayedOperations.room(server);

    assertThat(run.run("restart", "shop/search")).isZero();

    assertThat(sent().at("/spec/type").asText()).isEqualTo("Restart");
    assertThat(sent().at("/spec/members").isEmpty()).isTrue();
    assertThat(run.out()).contains("members   all of the database");
  }

  /// The planner says what it waits for.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          engine yellow     | waits   | CopiesMissing      | before every shard has its copies
          engine silent     | unknown | EngineUnreadable   | does not say who serves
          node nb cordoned  | blocked | ZonesInsufficient  | would take it again
          """)
  void theOperatorsPlannerSaysWhatIsToBeExpected(
      String situation, String verdict, String reason, String words) {
    PlayedOperations.room(server);
    PlayedOperator.sees(server, Drawing.situation(PlayedOperations.ROOM + situation));

    run.run("restart", "shop/search", MEMBER, "-o", "json");

    assertThat(run.json().at("/foreseen/verdict").asText()).isEqualToIgnoringCase(verdict);
    assertThat(run.json().at("/foreseen/reason").asText()).isEqualTo(reason);
    assertThat(run.json().at("/foreseen/message").asText()).contains(words);
    assertThat(run.json().at("/made").asBoolean()).isEqualTo(!verdict.equals("blocked"));
  }

  @ParameterizedTest
  @CsvSource({"Restarted, 0", "TimedOut, 3", "Cancelled, 3", "Failed, 3"})
  void waitEndsAsTheOperationDoes(String outcome, int exit) {
    PlayedOperations.under(server, restarting("Waiting", ""));
    server.watched(
        PLACE,
        () ->
            Stream.of(restarting("Restarting", ""), restarting("Ended", outcome))
                .map(Serialization::asJson));

    assertThat(run.run("restart", "shop/search", MEMBER, "--wait")).isEqualTo(exit);

    assertThat(run.out()).contains("has ended: " + outcome);
  }
}
