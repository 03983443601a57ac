package dev.flotilla.operator.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.operator.cli.CommandRun;
import dev.flotilla.operator.cli.PlayedApiServer;
import dev.flotilla.operator.cli.PlayedOperator;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.status.Fixtures;
import dev.flotilla.operator.core.Drawing;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The command against a small HTTP server that answers as an API server does.
class ExplainTest {

  private static final String SILENT = "Node node-a-1 does not answer.";

  private final PlayedApiServer server = new PlayedApiServer();
  private final CommandRun run = new CommandRun(server::config);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void saysHowSafeItIsThenWhyThenTheWaysOut() {
    assertThat(lines(Fixtures.withSilentNode(3, SILENT)))
        .containsExactly(
            "shop/search · Degraded · 1 needs you",
            "  serves yes. As wanted.",
            "",
            "✗ NodeUnknown 2m: search-data-a-000000",
            "  safe   The member is not started a second time: two processes on one volume destroy"
                + " data.",
            "  gate   OneBody: A member gets a new pod only when its old one is surely gone.",
            "  what   Node node-a-1 does not answer.",
            "  engine As wanted.",
            "  means  A node does not answer, so nobody knows whether its member still runs.",
            "  cause  The node lost power or its network, or its kubelet stopped.",
            "  ways out, the least risk first",
            "   1 bring-the-node-back: nothing moves; the member serves again",
            "       kubectl describe node node-a-1",
            "   2 declare-it-off: its pods restart elsewhere; destroys data if the node still runs",
            "       kubectl taint nodes node-a-1"
                + " node.kubernetes.io/out-of-service=nodeshutdown:NoExecute",
            "  again  when the cluster, a member, a node or a volume changes, and every 7 minutes");
  }

  @Test
  void saysThatNothingIsHeld() {
    assertThat(lines(Fixtures.fine(3)))
        .containsExactly("shop/search · Ready · nothing is held", "  serves yes. As wanted.");
  }

  @Test
  void saysThatNobodyHasLooked() {
    assertThat(lines(Fixtures.unseen()))
        .containsExactly(
            "shop/search", "  age    no operator has reported on it yet; is one running?");
  }

  @Test
  void printsTheSameForPrograms() {
    report(Fixtures.withSilentNode(3, SILENT));

    assertThat(run.run("explain", "shop/search", "-o", "json")).isZero();
    assertThat(run.json().at("/held/0/by/0/name").asText()).isEqualTo("OneBody");
    assertThat(run.run("explain", "shop/search", "-o", "name")).isZero();
    assertThat(run.out()).isEqualTo("NodeUnknown\n");
    assertThat(run.run("explain", "shop/other")).isEqualTo(5);
    assertThat(run.run("explain")).isEqualTo(2);
    assertThat(run.run("explain", "shop/search", "--reason", "NodeUnknown")).isEqualTo(2);
  }

  @Test
  void usesWhatThePlanHoldsNow() {
    report(Fixtures.fine(3));
    PlayedOperator.sees(
        server,
        Drawing.situation("pool data wants 3\nnode nc gone\na: a1\nb: b1[no pod]\nc: c1\n"));

    assertThat(run.run("explain", "shop/search")).isZero();

    assertThat(run.out())
        .contains("NodeUnknown: search-data-c-", "gate   OneBody:")
        .doesNotContain("last reported");
    assertThat(run.run("explain", "shop/search", "-o", "json")).isZero();
    assertThat(run.json().path("missing").asText()).isEmpty();
  }

  /// With the uid of what the member is made of now, if that can be read.
  @Test
  @Tag("D4")
  void printsTheManifestThatGivesAMemberUp() {
    report(Fixtures.fine(3));
    var view =
        Drawing.situation(
            "pool data wants 3\nnode nc gone\na: a1\nb: b1\nc: c1[unschedulable, volume pinned]");
    PlayedOperator.sees(server, view);
    var name = Drawing.member("c1").value();

    assertThat(run.run("explain", "shop/search")).isZero();
    assertThat(run.out()).contains("\"override\":{\"kind\":\"SkipDrain\",\"uid\":\"BODY\"}");

    server.answer(
        "/api/v1/namespaces/shop/pods/" + name,
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"uid\":\"its-very-uid\"}}");
    assertThat(run.run("explain", "shop/search")).isZero();
    assertThat(run.out())
        .contains(
            "give-the-member-up",
            "kubectl create -f - <<< '{\"apiVersion\":\"flotilla.dev/v1alpha1\"",
            "\"members\":[\"%s\"]".formatted(name),
            "\"timeoutSeconds\":3600,\"onTimeout\":\"Cancel\"",
            "\"override\":{\"kind\":\"SkipDrain\",\"uid\":\"its-very-uid\"}}}'");
  }

  /// Reading goes on without the operator, and for those who may read the resource alone.
  @Test
  void saysWhenThePlanIsNotKnown() {
    report(Fixtures.withSilentNode(3, SILENT));
    assertThat(run.run("explain", "shop/search")).isZero();
    assertThat(words())
        .contains(
            "plan not known: no operator acts in namespace flotilla-system: there is no ConfigMap"
                + " operator-api; this is what it last reported",
            "NodeUnknown");

    PlayedOperator.refuses(server, 503, "another operator acts");
    assertThat(run.run("explain", "shop/search")).isZero();
    assertThat(words()).contains("plan not known: the operator does not answer this: another");

    PlayedOperator.announceSoundly(server);
    assertThat(run.run("explain", "shop/search", "--operator", "https://127.0.0.1:1")).isZero();
    assertThat(words())
        .contains(
            "plan not known: the operator cannot be reached: the connection was refused: nothing"
                + " listens there;",
            "NodeUnknown");

    for (String document : PlayedOperator.notUnderstood()) {
      server.answer(PlayedOperator.BEHIND + "plan", document);
      assertThat(run.run("explain", "shop/search")).as(document).isZero();
      assertThat(words()).contains("plan not known: the operator sends plans that this version");
    }

    server.answer(PlayedOperator.SIGNPOST, 403, "{\"kind\":\"Status\",\"code\":403}");
    assertThat(run.run("explain", "shop/search")).isZero();
    assertThat(words()).contains("plan not known: you may not ask the operator;", "NodeUnknown");
  }

  @ParameterizedTest
  @EnumSource
  @Tag("UX-19")
  void everyReasonHasItsPageWithoutACluster(Reason reason) {
    server.close();
    assertThat(run.run("explain", "--reason", reason.id())).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .startsWith(reason.id() + " (")
        .contains(reason.meaning(), reason.cause(), reason.safeState(), reason.remedy());
    assertThat(run.run("explain", "--reason", reason.id(), "-o", "json")).isZero();
    assertThat(run.json().path("reason").asText()).isEqualTo(reason.id());
  }

  @Test
  void namesReasonsThatMayBeMeant() {
    assertThat(run.run("explain", "--reason", "zonesinsufficient")).isEqualTo(5);
    assertThat(run.err())
        .contains("there is no reason 'zonesinsufficient'", "ZonesInsufficient")
        .doesNotContain("NodeUnknown");
  }

  private void report(DatabaseCluster cluster) {
    server.answer(
        "/apis/flotilla.dev/v1alpha1/namespaces/shop/databaseclusters/search",
        Serialization.asJson(cluster));
  }

  /// What was printed, whatever the lines.
  private String words() {
    return run.out().replaceAll("\\s+", " ");
  }

  private static List<String> lines(DatabaseCluster cluster) {
    return new Explainer("flotilla", cluster, Bodies.UNKNOWN)
        .explain(new LiveHolds(List.of(), ""))
        .text(new Screen(true, 120, "flotilla", Fixtures.NOW));
  }
}
