package dev.flotilla.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.operator.document.Documents;
import dev.flotilla.operator.document.StoreContents;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `flotilla store` behind an API server that is played.
class StoreTest {

  private final PlayedApiServer server = new PlayedApiServer();
  private final CommandRun run = new CommandRun(server::config);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void membersSaysWhoLeadsWhoIsBehindAndWhoActs() {
    PlayedStore.sound(server);

    assertThat(run.run("store", "members")).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            epoch   12, acting operator-a
            leader  b.1, term 3, store time 2h00m
               VOTER  ROLE      APPLIED  LAG  OPERATOR    MESSAGE
            ✓  a.1    Follower  40       0    operator-a
            ✓  b.1    Leader    40       0    operator-b
            ✓  c.2    Follower  38       2    operator-c
            """);
  }

  @Test
  void membersSaysWhatOneLostVoterMeans() {
    PlayedStore.oneLost(server);

    assertThat(run.run("store", "members")).isZero();
    assertThat(run.out())
        .contains(
            "✗  c.2    -         -        -    -           zone c has no operator\n",
            "! 2 of 3 voters take part: work goes on, and stops if 1 more is lost.\n");
  }

  @Test
  void membersSaysWhatALostMajorityMeans() {
    PlayedStore.twoLost(server);

    assertThat(run.run("store", "members")).isEqualTo(3);
    assertThat(run.out())
        .contains(
            "leader  -, term 3, store time 2h00m\n",
            "its operator does not answer: error trying to reach service: no route to host\n",
            "✗ 1 of 3 voters take part and 2 are needed: nothing new is begun, members that run are left alone.\n");
    assertThat(run.run("store", "members", "-o", "json")).isEqualTo(3);
    assertThat(run.json().at("/missing")).hasSize(1);
  }

  /// Whoever ends a voter now may take the majority from the others.
  @Test
  void membersSaysThatWhoVotesIsBeingChanged() {
    PlayedStore.changing(server);

    assertThat(run.run("store", "members")).isZero();
    assertThat(run.out())
        .contains("! Who votes is being changed: end no operator before it is done.\n");
    assertThat(run.run("store", "members", "-o", "json")).isZero();
    assertThat(run.json().at("/changing").asBoolean()).isTrue();
  }

  @Test
  void membersSaysWhyNobodyActs() {
    PlayedStore.sound(server);
    PlayedStore.notes(server, Map.of("halted", "it was restored"));

    assertThat(run.run("store", "members")).isEqualTo(3);
    assertThat(run.out()).contains("✗ Nobody acts until a person has looked: it was restored.\n");
  }

  @Test
  void resumeWritesWhatCountsIfNobodyHasWrittenSince() throws Exception {
    PlayedStore.unlike(server);
    assertThat(run.run("store", "resume")).isEqualTo(3);
    assertThat(run.out()).contains("!  shop/search  NotRecorded  search-data-a-abc123");
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));

    assertThat(run.run("store", "resume", "--trust", "kubernetes")).isZero();
    var sent = new ObjectMapper().readTree(server.bodies().get("PATCH " + PlayedStore.NOTES));
    assertThat(sent.at("/data")).hasSize(1);
    assertThat(sent.at("/data/trusted").asText()).isEqualTo("kubernetes");
    assertThat(sent.at("/metadata/resourceVersion").asText()).isEqualTo("7");
  }

  /// Whoever acts has to stop before the first line is written.
  @Test
  void restoreStopsTheOperatorsAndOrdersJustThisFile() throws Exception {
    PlayedStore.saved(server);
    server.requests().clear();
    var notes = new ArrayList<String>();
    server.answerWith(
        "PATCH " + PlayedStore.NOTES,
        sent -> {
          notes.add(sent);
          return PlayedStore.CHANGED;
        });

    assertThat(run.run("store", "restore", PlayedStore.BACKUP.toString())).isZero();

    assertThat(server.requests().stream().map(request -> request.split(" ")[0]))
        .containsSubsequence("PATCH", "POST", "PATCH");
    var sent = new ObjectMapper().readTree(notes.getFirst());
    assertThat(sent.at("/data/epoch").asText()).as("higher than all").isEqualTo("13");
    assertThat(sent.at("/data/halted").asText()).contains("revision 31");
    assertThat(sent.at("/data/restore").asText()).isEqualTo(PlayedStore.CONTENTS.checksum());
    var last = new ObjectMapper().readTree(notes.getLast());
    assertThat(last.at("/data/restore").asText()).as("it is complete").isEmpty();
    assertThat(last.at("/data")).hasSize(1);
    assertThat(last.at("/metadata/resourceVersion").asText()).isEqualTo("8");
  }

  /// What is recorded is partly of the backup and partly of before.
  @Test
  void aRestoreThatWasInterruptedIsNotTrusted() throws Exception {
    PlayedStore.alike(server);
    PlayedStore.notes(server, Map.of("halted", "it was restored", "restore", "abc"));

    assertThat(run.run("store", "resume")).isEqualTo(3);
    assertThat(run.err())
        .contains("a backup was not put back to its end: give store restore again");
    assertThat(run.run("store", "resume", "--trust", "store")).isEqualTo(3);
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));

    assertThat(run.run("store", "resume", "--trust", "kubernetes")).isZero();
  }

  @Test
  void aDamagedBackupIsRefusedBeforeAnybodyIsStopped() throws Exception {
    PlayedStore.saved(server);
    Files.writeString(
        PlayedStore.BACKUP, Files.readString(PlayedStore.BACKUP).replace("u-1", "u-2"));

    assertThat(run.run("store", "restore", PlayedStore.BACKUP.toString())).isEqualTo(3);
    assertThat(run.err()).contains("is damaged");
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));
  }

  @Test
  void whatIsSavedIsWhatTheOperatorSaysWithTheStoresName() throws Exception {
    PlayedStore.saved(server);
    Files.delete(PlayedStore.BACKUP);

    assertThat(run.run("store", "backup", PlayedStore.BACKUP.toString())).isZero();
    assertThat(Documents.read(Files.readString(PlayedStore.BACKUP), StoreContents.class))
        .isEqualTo(PlayedStore.CONTENTS);
  }

  @Test
  void aVoterIsReplacedOnlyWhereTheOthersAreAMajority() throws Exception {
    PlayedStore.oneLost(server);
    assertThat(run.run("store", "replace-voter", "a")).isEqualTo(3);
    assertThat(run.err()).contains("without a.1 only 1 voters take part, 2 are needed");
    assertThat(run.run("store", "replace-voter", "d")).isEqualTo(5);
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));

    assertThat(run.run("store", "replace-voter", "c")).isZero();
    var sent = new ObjectMapper().readTree(server.bodies().get("PATCH " + PlayedStore.NOTES));
    assertThat(sent.at("/data/voters").asText()).isEqualTo("a.1 b.1 c.3");
    assertThat(sent.at("/data/started").asText()).isEqualTo("a.1 b.1");
  }
}
