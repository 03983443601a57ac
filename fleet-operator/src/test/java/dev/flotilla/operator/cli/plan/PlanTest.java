package dev.flotilla.operator.cli.plan;

import static dev.flotilla.operator.core.Drawing.LOST_POD;
import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.cli.CommandRun;
import dev.flotilla.operator.cli.PlayedApiServer;
import dev.flotilla.operator.cli.PlayedOperator;
import dev.flotilla.operator.cli.output.Terminal;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.wire.ViewFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `plan` against an API server that is played, with an operator behind it.
class PlanTest {

  private static final String AT_REST =
      """
      pool data wants 3
      a: a1
      b: b1
      c: c1
      """;
  private static final String TWO_ZONES =
      """
      pool data wants 6
      node nc gone
      a: a1
      b: b1
      c: c1[pending]
      engine silent
      """;

  /// Nothing listens there.
  private static final String NOWHERE = "https://127.0.0.1:1";

  @TempDir Path folder;

  private final PlayedApiServer server = new PlayedApiServer();
  private final CommandRun run = new CommandRun(server::config);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Tag("UX-8")
  void printsWhatTheOperatorWillDo() {
    serve(situation(LOST_POD));

    assertThat(run.run("plan", "shop/search")).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            Plan 3253b6d6 for shop/search, generation 1, revision 3; nothing is changed. + create - remove ~ change ! held
             1  +  create  pod  search-data-b-hs65j7  zone b  Healing
            after: zones a1 b1 c1 · members 3 · voters 3 · 1 yet to start or join
            1 to create, 0 to remove, 0 to change, 0 held. Facts: Kubernetes 0s, engine 0s old.
            """);
    assertThat(server.requests()).allSatisfy(request -> assertThat(request).startsWith("GET "));
  }

  @Test
  void tellsUntilWhenADrainMayTakeAndWhichEntryIsTakenAway() {
    serve(
        situation(
            """
            pool data wants 3
            empties
            reclaims
            excludes _ip 10.0.0.1
            a: a1
            b: b1
            c: c1 c2
            """));

    assertThat(run.run("plan", "shop/search", "-o", "wide")).isZero();
    assertThat(run.out())
        .contains("draining until 2026-01-01T02:00:00Z, then taken back")
        .contains("entry 10.0.0.1 of exclude._ip is taken away");
  }

  @Test
  void tellsWhatIsHeldAndWhatIsNotKnown() {
    serve(situation(TWO_ZONES));

    assertThat(run.run("plan", "shop/search", "--exit-code")).isEqualTo(3);
    assertThat(run.out())
        .contains(
            "! ZonesInsufficient, held by ThreeZones: No node that can take a member is in zone c",
            "Unknown: engine (it answers 503).");
  }

  @Test
  @Tag("D12")
  void tellsThatADeletionWaitsForTheFleet() {
    serve(situation(AT_REST + "deleting\nfleet 25 stopped 20 ahead 3"));

    assertThat(run.run("plan", "shop/search", "--exit-code")).isEqualTo(3);
    assertThat(run.out())
        .contains(
            "! BreakerOpen, held by FleetBreaker: At most 20 databases are stopped within 10 minutes")
        .contains("It is stopped at about 2026-01-01T00:05:00Z");

    serve(situation(AT_REST + "deleting\nfleet unknown"));
    assertThat(run.run("plan", "shop/search", "--exit-code")).isEqualTo(3);
    assertThat(run.out()).contains("Unknown: FleetPolicy (");
  }

  @Test
  @Tag("UX-15")
  void exitsByWhatThereIsToDo() {
    serve(situation(AT_REST));
    assertThat(run.run("plan", "shop/search", "--exit-code")).isZero();
    assertThat(run.out()).contains("nothing to do");

    serve(situation(LOST_POD));
    assertThat(run.run("plan", "shop/search")).isZero();
    assertThat(run.run("plan", "shop/search", "--exit-code")).isEqualTo(4);

    serve(situation(TWO_ZONES));
    assertThat(run.run("plan", "shop/search")).isZero();
    assertThat(run.run("plan", "shop/search", "--exit-code")).isEqualTo(3);

    refused(404, "there is no such database");
    assertThat(run.run("plan", "shop/search")).isEqualTo(5);
    assertThat(run.err()).contains("there is no database shop/search");

    refused(422, "spec.pools is empty");
    assertThat(run.run("plan", "shop/search")).isEqualTo(3);
    assertThat(run.err()).contains("spec.pools is empty");

    server.answer(
        PlayedOperator.BEHIND + "plan",
        403,
        """
        {"kind":"Status","code":403,"message":"services \\"https:operator:api\\" is forbidden: User\
         \\"ann\\" cannot get resource \\"services/proxy\\" in API group \\"\\" in the namespace\
         \\"flotilla-system\\""}
        """);
    assertThat(run.run("plan", "shop/search")).isEqualTo(6);
    assertThat(run.err())
        .contains("get on services/proxy in the namespace \"flotilla-system\" is needed");

    assertThat(run.run("plan")).isEqualTo(2);
    assertThat(run.run("plan", "shop/search", "--view", "x")).isEqualTo(2);
    assertThat(run.run("plan", "--view", "no/such/file")).isEqualTo(2);
  }

  /// Reads of the resources go on; only what the operator alone knows is missing.
  @Test
  void withoutAnOperatorItSaysWhatIsMissing() {
    assertThat(run.run("plan", "shop/search")).isEqualTo(1);
    assertThat(run.err())
        .contains("no operator acts in namespace flotilla-system", "flotilla status shop/search");

    serve(situation(AT_REST));
    server.answer(
        PlayedOperator.BEHIND + "plan",
        503,
        """
        {"kind":"Status","code":503,"message":"no endpoints available for service \\"operator\\""}
        """);
    assertThat(run.run("plan", "shop/search")).isEqualTo(1);
    assertThat(run.err())
        .contains("the operator cannot be reached: no endpoints available for service");

    refused(503, "another operator acts");
    assertThat(run.run("plan", "shop/search")).isEqualTo(1);
    assertThat(run.err()).contains("the operator does not answer this: another operator acts");
  }

  @Test
  @Tag("UX-8")
  void aSavedSituationIsPlannedAgainWithoutACluster() {
    serve(situation(TWO_ZONES));
    var file = folder.resolve("view.yaml");
    run.run("plan", "shop/search", "--save", file.toString());
    var live = run.out();
    server.close();

    assertThat(run.run("plan", "--view", file.toString())).isZero();
    assertThat(run.out()).isEqualTo(live + "0 errors; nothing was changed\n");
    assertThat(run.run("plan", "--view", file.toString(), "--exit-code")).isEqualTo(3);
  }

  @Test
  void aSituationWithMistakesIsExplained() throws IOException {
    var file = folder.resolve("view.yaml");
    var text =
        ViewFile.yaml(situation(AT_REST))
            .replaceFirst("ready: true", "ready: perhaps")
            .replaceFirst("generation:", "generatoin:");
    Files.writeString(file, text);

    assertThat(run.run("plan", "--view", file.toString())).isEqualTo(3);
    assertThat(run.out())
        .contains(
            "error: is not known here\n --> %s:6:3  identity.generatoin\n".formatted(file),
            "6 |   generatoin: 1\n  |   ^^^^^^^^^^\n",
            " fix  take it out; the fields here are cluster, uid, generation, deletion, now\n",
            "error: is of the wrong type\n",
            "fix  write true or false\n",
            "3 errors; nothing was changed");
    run.run("plan", "--view", file.toString(), "-o", "json");
    assertThat(run.json().at("/objections")).hasSize(3);
    assertThat(run.json().at("/objections/1/line").asInt()).isEqualTo(6);
  }

  @Test
  @Tag("UX-9")
  void withoutAnApiServerAManifestIsCheckedByTheSchemaAndThatIsSaid() throws IOException {
    server.close();
    var file = folder.resolve("search.yaml");
    Files.writeString(
        file,
        """
        apiVersion: flotilla.dev/v1alpha1
        kind: DatabaseCluster
        metadata: {name: search}
        spec:
          engine: {type: Elasticsearch, version: 9.5.3}
          topology: {zones: [a, b, c]}
          pools: [{name: data, instances: three, storage: {size: 1Gi}}]
        """);

    assertThat(run.run("plan", "-f", file.toString(), "-n", "shop")).isEqualTo(3);
    assertThat(run.out())
        .contains("%s:7:35  spec.pools[0].instances".formatted(file), "no API server was asked");
  }

  /// What was accepted stays accepted; that nothing was asked would be wrong.
  @Test
  @Tag("UX-9")
  void anAcceptedManifestStaysSoIfTheOperatorIsSilent() throws IOException {
    var file = manifests("shop");
    accept("shop");
    PlayedOperator.announce(server);
    server.hangUp(PlayedOperator.BEHIND + "plan");

    assertThat(run.run("plan", "-f", file.toString())).isEqualTo(1);
    assertThat(run.out())
        .contains("the manifest is accepted, but what would be done is not known: the operator")
        .doesNotContain("no API server was asked");
    assertThat(run.run("plan", "-f", file.toString(), "-o", "json")).isEqualTo(1);
    assertThat(run.json().path("checkedBy").asText()).isEqualTo("API_SERVER");
    assertThat(run.run("plan", "-f", file.toString(), "--operator", NOWHERE)).isEqualTo(1);
    assertThat(run.out()).contains("the manifest is accepted, but what would be done is not known");
  }

  /// An API server that stops answering in the middle has not looked at everything.
  @Test
  void anAnswerToHalfTheFileIsNone() throws IOException {
    var file = manifests("shop", "store");
    reject("shop");
    server.hangUp(place("store"));

    assertThat(run.run("plan", "-f", file.toString(), "-o", "json")).isZero();
    assertThat(run.json().path("checkedBy").asText()).isEqualTo("SCHEMA");
    assertThat(run.json().at("/objections")).isEmpty();
  }

  @Test
  @Tag("UX-9")
  void whereOneManifestIsWrongNoneIsPlanned() throws IOException {
    var file = manifests("shop", "store");
    accept("shop");
    reject("store");
    serve(situation(LOST_POD));

    assertThat(run.run("plan", "-f", file.toString(), "-o", "json")).isEqualTo(3);
    assertThat(run.json().at("/objections")).hasSize(1);
    assertThat(run.json().at("/plans")).isEmpty();

    accept("store");
    PlayedOperator.refuses(server, "store", 422, "spec.pools is empty");
    assertThat(run.run("plan", "-f", file.toString(), "-o", "json")).isEqualTo(3);
    assertThat(run.json().at("/objections/0/what").asText()).isEqualTo("spec.pools is empty");
    assertThat(run.json().at("/plans")).isEmpty();
  }

  @Test
  void aZoneThatIsThereTwiceIsToldInWords() throws IOException {
    var file = manifests("shop");
    server.answer(
        place("shop"),
        422,
        """
        {"kind":"Status","code":422,"message":"it is invalid","details":{"causes":[\
        {"reason":"FieldValueDuplicate","message":"Duplicate value: \\"b\\"",\
        "field":"spec.topology.zones[1]"}]}}
        """);

    assertThat(run.run("plan", "-f", file.toString())).isEqualTo(3);
    assertThat(run.out())
        .contains("error: is there twice")
        .contains("fix  take one of the two out")
        .doesNotContain("error: \"b\"");
  }

  @Test
  void aNamespaceThatIsNotThereIsNotTakenForAMissingInstallation() throws IOException {
    var file = manifests("nowhere");
    server.answer(
        place("nowhere"),
        404,
        """
        {"kind":"Status","code":404,"reason":"NotFound",\
        "message":"namespaces \\"nowhere\\" not found",\
        "details":{"name":"nowhere","kind":"namespaces"}}
        """);

    assertThat(run.run("plan", "-f", file.toString())).isEqualTo(5);
    assertThat(run.err())
        .contains("there is no namespace nowhere")
        .contains("kubectl create namespace nowhere")
        .doesNotContain("not installed");
  }

  @Test
  void aFileThatCannotBeReadIsToldInWords() throws IOException {
    var picture = Files.write(folder.resolve("picture.yaml"), new byte[] {(byte) 0xff, 0, 1});

    assertThat(run.run("plan", "-f", picture.toString())).isEqualTo(2);
    assertThat(run.err()).contains("is not text in UTF-8");
    assertThat(run.run("plan", "-f", folder.resolve("absent.yaml").toString())).isEqualTo(2);
    assertThat(run.err()).contains("there is no such file");
  }

  @Test
  @Tag("UX-15")
  void ofSeveralPlansTheOneThatNeedsAPersonCounts() throws IOException {
    var file = manifests("shop", "store");
    accept("shop");
    accept("store");
    PlayedOperator.sees(server, "shop", situation(LOST_POD));
    PlayedOperator.sees(server, "store", situation(TWO_ZONES));

    assertThat(run.run("plan", "-f", file.toString())).isZero();
    assertThat(run.run("plan", "-f", file.toString(), "--exit-code")).isEqualTo(3);
  }

  @Test
  void aManifestOfAnotherNamespaceThanIsAskedForIsRefused() throws IOException {
    var file = manifests("shop");
    accept("shop");

    assertThat(run.run("plan", "-f", file.toString(), "-n", "store")).isEqualTo(2);
    assertThat(run.err()).contains("'shop/search' and -n store name two namespaces");
    assertThat(run.run("plan", "-f", file.toString(), "-n", "shop")).isEqualTo(1);
  }

  @Test
  void anOperatorThatIsNotThereIsToldInWords() {
    PlayedOperator.announce(server);
    assertThat(run.run("plan", "shop/search", "--operator", NOWHERE)).isEqualTo(1);
    assertThat(run.err())
        .contains("cannot be reached: the certificate in ConfigMap operator-api cannot be read");

    PlayedOperator.announceSoundly(server);
    assertThat(run.run("plan", "shop/search", "--operator", NOWHERE)).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "the operator cannot be reached: the connection was refused: nothing listens there",
            "flotilla status shop/search");
  }

  @Test
  @Timeout(5)
  void theOperatorIsWaitedForNoLongerThanIsAskedFor() throws IOException {
    PlayedOperator.announceSoundly(server);
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var url = "https://127.0.0.1:" + silent.getLocalPort();

      assertThat(run.run("plan", "shop/search", "--operator", url, "--request-timeout", "200ms"))
          .isEqualTo(1);
      assertThat(run.err()).contains("the operator cannot be reached: ", "timed out");
    }
  }

  @Test
  void aPlanThatIsNotUnderstoodIsNoFault() {
    PlayedOperator.announce(server);
    for (String document : PlayedOperator.notUnderstood()) {
      server.answer(PlayedOperator.BEHIND + "plan", document);

      assertThat(run.run("plan", "shop/search")).as(document).isEqualTo(1);
      assertThat(run.err()).contains("the operator sends plans that this version does not read");
    }
  }

  @Test
  @Tag("UX-13")
  void throughAPipeThereIsNoEscapeAndInAnotherAlphabetOnlyAscii() {
    serve(situation(TWO_ZONES));

    run.run("plan", "shop/search");
    assertThat(run.out()).doesNotContain("\u001b");

    var ascii = new CommandRun(server::config, Terminal.none());
    ascii.run("plan", "shop/search");
    assertThat(ascii.out()).matches("[\\n\\x20-\\x7e]+");

    serve(situation(LOST_POD));
    var terminal = new CommandRun(server::config, new Terminal(true, true, true, 120));
    terminal.run("plan", "shop/search");
    assertThat(terminal.out()).contains("\u001b[32m+\u001b[0m  create");
    terminal.run("plan", "shop/search", "--color", "never", "--plain");
    assertThat(terminal.out()).matches("[\\n\\x20-\\x7e]+");
  }

  @Test
  void hundredsOfMembersFitAScreen() {
    var all = new StringBuilder("pool data wants 27\nbare\ntenant unformed\nengine silent\n");
    for (String zone : List.of("a", "b", "c")) {
      all.append(zone).append(':');
      for (int i = 1; i <= 9; i++) {
        all.append(" %s%d[new]".formatted(zone, i));
      }
      all.append('\n');
    }
    serve(situation(all.toString()));

    run.run("plan", "shop/search");
    assertThat(run.out().lines()).hasSizeLessThan(20);
    assertThat(run.out()).contains("create  volume", "27 members", "a9 b9 c9");
    run.run("plan", "shop/search", "-o", "wide");
    assertThat(run.out().lines()).hasSizeGreaterThan(80);
  }

  /// One and the same database in these namespaces.
  private Path manifests(String... namespaces) throws IOException {
    var text = new StringBuilder();
    for (String namespace : namespaces) {
      text.append(
          """
          ---
          apiVersion: flotilla.dev/v1alpha1
          kind: DatabaseCluster
          metadata: {name: search, namespace: %s}
          spec:
            engine: {type: Elasticsearch, version: 9.5.3}
            topology: {zones: [a, b, c]}
            pools: [{name: data, instances: 3, storage: {size: 1Gi}}]
          """
              .formatted(namespace));
    }
    return Files.writeString(folder.resolve("search.yaml"), text);
  }

  private static String place(String namespace) {
    return "POST /apis/flotilla.dev/v1alpha1/namespaces/%s/databaseclusters".formatted(namespace);
  }

  private void accept(String namespace) {
    server.answer(
        place(namespace),
        "{\"metadata\":{\"name\":\"search\",\"namespace\":\"%s\"}}".formatted(namespace));
  }

  private void reject(String namespace) {
    server.answer(
        place(namespace),
        422,
        """
        {"kind":"Status","code":422,"message":"it is invalid","details":{"causes":[\
        {"reason":"FieldValueRequired","message":"Required value","field":"spec.image"}]}}
        """);
  }

  private void serve(ClusterView view) {
    PlayedOperator.sees(server, view);
  }

  private void refused(int code, String message) {
    PlayedOperator.refuses(server, code, message);
  }
}
