package dev.flotilla.operator.cli;

import static dev.flotilla.operator.cli.PlayedOperations.MEMBER;
import static dev.flotilla.operator.cli.PlayedOperations.PLACE;
import static dev.flotilla.operator.cli.PlayedOperations.told;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.crds.v1alpha1.operation.ProgressStatus;
import dev.flotilla.operator.core.Drawing;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `flotilla drain` behind an API server that is played.
@Timeout(60)
class DrainTest {

  private final PlayedApiServer server = new PlayedApiServer();
  private final CommandRun run = new CommandRun(server::config);

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode sent() throws Exception {
    return new ObjectMapper().readTree(server.bodies().get("POST " + PLACE));
  }

  private void assertNothingMade() {
    assertThat(server.requests()).noneMatch(request -> request.matches("(POST|PATCH|PUT).*"));
  }

  @Test
  void whatIsAskedForIsMadeAsItWasTyped() throws Exception {
    PlayedOperations.room(server);

    assertThat(
            run.run(
                "drain",
                "shop/search",
                MEMBER,
                "--why",
                "smaller nodes",
                "--deadline",
                "90m",
                "--on-timeout",
                "cancel"))
        .isZero();

    assertThat(sent().at("/kind").asText()).isEqualTo("DatabaseOperation");
    assertThat(sent().at("/metadata/name").asText()).matches("drain-search-[a-z0-9]{5}");
    assertThat(sent().at("/spec").toString())
        .isEqualTo(
            """
            {"clusterName":"search","type":"Drain","members":["%s"],"timeoutSeconds":5400,\
            "onTimeout":"Cancel","cancel":false,"why":"smaller nodes"}\
            """
                .formatted(MEMBER));
    var name = sent().at("/metadata/name").asText();
    assertThat(run.out())
        .isEqualTo(
            """
            Operation shop/%s was made.
            members   %s
            foreseen  begins: It begins at once: everything on it has somewhere to go.
            state     Unknown
                      The operator has not said anything of it yet.
            next      flotilla cancel shop/%s
            """
                .formatted(name, MEMBER, name));
  }

  /// The decider's own words, from the planner of the operator; and nothing is asked for.
  @Test
  void whatCannotBeDoneIsToldBeforehandAndNotAskedFor() {
    PlayedOperations.noRoom(server);

    assertThat(run.run("drain", "shop/search", MEMBER)).isEqualTo(3);

    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("Nothing was asked for", "foreseen blocked: DrainBlocked", "awareness says")
        .contains("next flotilla drain shop/search %s --way replace-first".formatted(MEMBER));
    assertNothingMade();
  }

  /// An engine that this version does not empty says so before anything is made.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version 9.5.2                        | blocked | OperationRejected | spec.type is Drain
          empties, explains silent             | unknown | EngineUnreadable  | somewhere to go is not known
          empties, explains a1                 | waits   | Draining          | The engine is being asked
          empties hidden                       | blocked | ScaleInHeld       | somebody else's setting hides ours
          """)
  void theOperatorsPlannerSaysWhatIsToBeExpected(
      String situation, String verdict, String reason, String words) {
    PlayedOperations.room(server);
    var drawn =
        "pool data wants 6\n" + situation.replace(", ", "\n") + "\na: a1 a2\nb: b1 b2\nc: c1 c2\n";
    PlayedOperator.sees(server, Drawing.situation(drawn));

    run.run("drain", "shop/search", MEMBER, "-o", "json");

    assertThat(run.json().at("/foreseen/verdict").asText()).isEqualToIgnoringCase(verdict);
    assertThat(run.json().at("/foreseen/reason").asText()).isEqualTo(reason);
    assertThat(run.json().at("/foreseen/message").asText()).contains(words);
    assertThat(run.json().at("/made").asBoolean()).isEqualTo(!verdict.equals("blocked"));
  }

  /// Who may edit a database need not have the right to ask the operator.
  @Test
  void whoMayNotAskTheOperatorAsksForItAllTheSame() {
    PlayedOperations.room(server);
    server.answer(
        PlayedOperator.SIGNPOST, 403, "{\"kind\":\"Status\",\"code\":403,\"message\":\"no\"}");

    assertThat(run.run("drain", "shop/search", MEMBER)).isZero();

    assertThat(run.out()).contains("unknown: ", "you may not ask the operator");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nobody                          | 5 | MEMBER 1 is nobody, and database shop/search has no such member | one of: search-data-
          MEMBER other-data-a-1           | 5 | MEMBER 2 is other-data-a-1, which is a member of shop/other     | flotilla drain shop/other other-data-a-1
          MEMBER MEMBER                   | 2 | a MEMBER is named twice                                         |
          MEMBER --deadline 5s            | 2 | --deadline is 5s, and 1m to 168h are taken                      |
          MEMBER --deadline soon          | 2 | soon' is not a duration                                         |
          MEMBER --on-timeout force       | 2 | expected one of [hold, cancel]                                  |
          1 2 3 4 5 6 7 8 9 a b c d e f g h | 2 | 17 members are named, and spec.members takes 16               |
          """)
  void whatIsMistypedIsNamedWithARemedy(String words, int exit, String what, String fix) {
    PlayedOperations.room(server);
    PlayedOperations.another(server, "other-data-a-1");

    var all = Stream.of(("drain shop/search " + words.replace("MEMBER", MEMBER)).split(" "));
    assertThat(run.run(all.toArray(String[]::new))).isEqualTo(exit);

    assertThat(run.err()).contains(what);
    if (fix != null) {
      assertThat(run.err()).contains(" fix  " + fix);
    }
    assertNothingMade();
  }

  @Test
  void whatTheApiServerRefusesIsSaidInItsWords() {
    PlayedOperations.room(server);
    server.answer(
        "POST " + PLACE,
        422,
        "{\"kind\":\"Status\",\"code\":422,\"message\":\"spec.why: Too long\"}");

    assertThat(run.run("drain", "shop/search", MEMBER)).isEqualTo(3);
    assertThat(run.err()).contains("the API server refuses the operation: spec.why: Too long");
  }

  /// The name is ours, so that it can be looked for.
  @Test
  void whenNobodyKnowsWhetherItWasMadeItSaysWhereToLook() {
    PlayedOperations.room(server);
    server.hangUp("POST " + PLACE);

    assertThat(run.run("drain", "shop/search", MEMBER)).isEqualTo(1);
    assertThat(run.err())
        .contains("nobody knows whether operation shop/drain-search-")
        .contains(" fix  kubectl get databaseoperation -n shop drain-search-");
  }

  @Test
  void aDryRunIsSentAsOneAndMakesNothing() {
    PlayedOperations.room(server);

    assertThat(run.run("drain", "shop/search", MEMBER, "--dry-run", "-o", "json")).isZero();

    assertThat(server.queries().get("POST " + PLACE)).contains("dryRun=All");
    assertThat(run.json().at("/made").asBoolean()).isFalse();
    assertThat(run.run("drain", "shop/search", MEMBER)).isZero();
    assertThat(server.queries().get("POST " + PLACE)).doesNotContain("dryRun");
  }

  @Test
  void whatIsAskedForAlreadyIsNotAskedForTwice() {
    PlayedOperations.under(server, told("Draining", "", "Draining"));

    assertThat(run.run("drain", "shop/search", MEMBER)).isZero();
    assertThat(run.out()).contains("by operation shop/drain-search-7f3k2.");
    assertThat(run.run("drain", "shop/search", MEMBER, Drawing.member("a1").value())).isEqualTo(3);
    assertThat(run.err()).contains(" fix  flotilla cancel shop/drain-search-7f3k2 --wait");
    assertNothingMade();
  }

  /// Progress is told beside the answer, once for each tenth; the answer is the end.
  @ParameterizedTest
  @CsvSource({"Drained, Removed, 0", "TimedOut, Kept, 3", "Infeasible, Kept, 3", "Failed, '', 3"})
  void waitTellsWhatIsLeftAndEndsAsTheOperationDoes(String outcome, String state, int exit) {
    PlayedOperations.under(server, told("Waiting", "", "Waiting"));
    server.watched(
        PLACE,
        () ->
            Stream.of(
                    told("Draining", "", "Draining", left(212, 0)),
                    told("Draining", "", "Draining", left(211, 1)),
                    told("Draining", "", "Draining", left(104, 51)),
                    told("Ended", outcome, state))
                .map(Serialization::asJson));

    assertThat(run.run("drain", "shop/search", MEMBER, "--wait")).isEqualTo(exit);

    assertThat(run.err())
        .contains("» Draining  0%  59.0 of 59.0 GiB and 212 of 212 copies left")
        .contains("» Draining  51%  28.9 of 59.0 GiB and 104 of 212 copies left")
        .doesNotContain("211 of 212");
    assertThat(run.out()).startsWith("Operation shop/drain-search-7f3k2 has ended: " + outcome);
  }

  @Test
  void whatIsDeletedWhileSomebodyLooksOnIsTold() {
    PlayedOperations.under(server, told("Draining", "", "Draining"));
    server.watched(
        PLACE,
        () -> Stream.of("DELETED " + Serialization.asJson(told("Draining", "", "Draining"))));

    assertThat(run.run("drain", "shop/search", MEMBER, "--wait", "-q")).isEqualTo(5);
    assertThat(run.err()).contains("was deleted, which takes it back");
  }

  private static ProgressStatus left(long copies, int done) {
    long gib = 1024L * 1024 * 1024;
    return new ProgressStatus(
        Instant.EPOCH, 212, copies, 59 * gib, 59 * gib * copies / 212, done + "%", null, null);
  }
}
