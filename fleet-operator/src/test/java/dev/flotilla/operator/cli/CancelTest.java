package dev.flotilla.operator.cli;

import static dev.flotilla.operator.cli.PlayedOperations.MEMBER;
import static dev.flotilla.operator.cli.PlayedOperations.OPERATION;
import static dev.flotilla.operator.cli.PlayedOperations.PLACE;
import static dev.flotilla.operator.cli.PlayedOperations.told;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `flotilla cancel` behind an API server that is played.
@Timeout(60)
class CancelTest {

  private static final String NAME = "shop/drain-search-7f3k2";

  private final PlayedApiServer server = new PlayedApiServer();
  private final CommandRun run = new CommandRun(server::config);

  @AfterEach
  void stop() {
    server.close();
  }

  /// Nothing else is sent, and it holds for this operation alone.
  @Test
  void onlyTheWishIsWritten() throws Exception {
    PlayedOperations.under(server, told("Draining", "", "Draining"));

    assertThat(run.run("cancel", NAME)).isZero();

    var sent = new ObjectMapper().readTree(server.bodies().get("PATCH " + OPERATION));
    assertThat(sent)
        .isEqualTo(
            new ObjectMapper()
                .readTree("{\"metadata\":{\"uid\":\"uid-1\"},\"spec\":{\"cancel\":true}}"));
    assertThat(run.out())
        .isEqualTo(
            """
            Operation %s is being taken back.
            state     Draining
                      Data is moving away.
            next      flotilla cancel %s --wait
            """
                .formatted(NAME, NAME));
  }

  @Test
  void aDryRunIsSentAsOne() {
    PlayedOperations.under(server, told("Draining", "", "Draining"));

    assertThat(run.run("cancel", NAME, "--dry-run")).isZero();
    assertThat(server.queries().get("PATCH " + OPERATION)).contains("dryRun=All");
    assertThat(run.run("cancel", NAME)).isZero();
    assertThat(server.queries().get("PATCH " + OPERATION)).doesNotContain("dryRun");
  }

  @Test
  void whatIsBeingTakenBackIsNotWrittenOnceMore() {
    PlayedOperations.under(
        server, PlayedOperations.cancelled(told("Cancelling", "", "Cancelling")));

    assertThat(run.run("cancel", NAME)).isZero();
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));
  }

  /// A member that was given up cannot be had back; its volume can.
  @ParameterizedTest
  @CsvSource({"Removing, '', Removing", "Ended, Drained, Removed", "Ended, Cancelled, Removed"})
  void tooLateNamesTheVolumeAndChangesNothing(String phase, String outcome, String state) {
    PlayedOperations.under(server, told(phase, outcome, state));

    assertThat(run.run("cancel", NAME)).isEqualTo(7);

    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("Too late for " + MEMBER)
        .contains("its volume is kept until somebody deletes it: data-" + MEMBER)
        .contains("next kubectl get persistentvolumeclaim -n shop data-" + MEMBER);
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));
  }

  @ParameterizedTest
  @CsvSource({"Cancelled", "TimedOut", "Infeasible", "Failed"})
  void whatIsOverAndKeptEverybodyNeedsNoCancel(String outcome) {
    PlayedOperations.under(server, told("Ended", outcome, "Kept"));

    assertThat(run.run("cancel", NAME)).isZero();

    assertThat(run.out()).contains("was over already: " + outcome);
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));
  }

  /// The race with the last copy is decided by the operator, and told as it was.
  @ParameterizedTest
  @CsvSource({"Cancelled, Kept, 0", "Drained, Removed, 7"})
  void waitEndsAsTheOperationDoes(String outcome, String state, int exit) {
    PlayedOperations.under(server, told("Draining", "", "Draining"));
    server.watched(
        PLACE,
        () ->
            Stream.of(told("Cancelling", "", "Cancelling"), told("Ended", outcome, state))
                .map(Serialization::asJson));

    assertThat(run.run("cancel", NAME, "--wait")).isEqualTo(exit);

    assertThat(run.err()).contains("» Cancelling");
    assertThat(run.out()).startsWith("Operation " + NAME + " has ended: " + outcome);
  }

  @Test
  void allOfADatabaseAreTakenBack() {
    PlayedOperations.under(server, told("Draining", "", "Draining"));

    assertThat(run.run("cancel", "--all", "shop/search", "-o", "name")).isZero();

    assertThat(run.out()).isEqualTo("databaseoperation.flotilla.dev/drain-search-7f3k2\n");
    assertThat(server.requests()).contains("PATCH " + OPERATION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          shop/nobody       | there is no operation shop/nobody | kubectl get databaseoperations -n shop
          shop/search       | there is no operation shop/search | flotilla cancel --all shop/search
          --all shop/nobody | there is no database shop/nobody  | flotilla status
          """)
  void whatIsNotThereIsNamedWithARemedy(String words, String what, String fix) {
    PlayedOperations.none(server);

    assertThat(run.run(("cancel " + words).split(" "))).isEqualTo(5);
    assertThat(run.err()).contains("error: " + what, " fix  " + fix);
  }

  @Test
  void anotherOneOfThatNameIsLeftAlone() {
    PlayedOperations.under(server, told("Draining", "", "Draining"));
    server.answer(
        "PATCH " + OPERATION,
        409,
        "{\"kind\":\"Status\",\"code\":409,\"message\":\"the UID in the precondition\"}");

    assertThat(run.run("cancel", NAME)).isEqualTo(3);
    assertThat(run.err()).contains("is not what it was a moment ago", "the UID");
  }
}
