package dev.flotilla.operator.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.operator.cli.CommandRun;
import dev.flotilla.operator.cli.PlayedApiServer;
import dev.flotilla.operator.cli.output.Terminal;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The command against a small HTTP server that answers as an API server does.
class StatusTest {

  private static final String ONE =
      "/apis/flotilla.dev/v1alpha1/namespaces/shop/databaseclusters/search";
  private static final String ALL = "/apis/flotilla.dev/v1alpha1/databaseclusters";

  private final PlayedApiServer server = new PlayedApiServer();
  private final CommandRun run = new CommandRun(server::config);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void exitsByWhatItFound() {
    put(Fixtures.fine(3));
    assertThat(status("shop/search")).isZero();
    assertThat(status("search", "-n", "shop", "--exit-code")).isZero();

    put(Fixtures.growing(3));
    assertThat(status("shop/search")).isZero();
    assertThat(status("shop/search", "--exit-code")).isEqualTo(4);

    put(Fixtures.withSilentNode(3, "Node node-a-1 does not answer."));
    assertThat(status("shop/search")).isEqualTo(3);
    assertThat(status()).isEqualTo(3);
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(status("shop/search")).isEqualTo(5);
    assertThat(run.err()).contains("there is no database shop/search");

    server.refuse(
        403,
        "databaseclusters.flotilla.dev \"search\" is forbidden: User \"ann\" cannot get resource"
            + " \"databaseclusters\" in API group \"flotilla.dev\" in the namespace \"shop\"");
    assertThat(status("shop/search")).isEqualTo(6);
    assertThat(run.err())
        .contains(
            "error: not allowed: get on databaseclusters.flotilla.dev in the namespace \"shop\" is"
                + " needed");

    server.close();
    assertThat(status("shop/search")).isEqualTo(1);
    assertThat(run.err()).contains("the API server at http://127.0.0.1:");
  }

  @Test
  void refusesNamesThatMeanNothing() {
    assertThat(status("a/b/c")).isEqualTo(2);
    assertThat(status("shop/")).isEqualTo(2);
    assertThat(status("shop/search", "-n", "other")).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  @Tag("UX-14")
  void jsonParsesAlone() {
    put(Fixtures.withSilentNode(300, "Node node-a-1 does not answer."));

    status("shop/search", "-o", "json");
    var one = run.json();
    assertThat(one.path("apiVersion").asText()).isEqualTo("cli.flotilla.dev/v1");
    assertThat(one.path("kind").asText()).isEqualTo("ClusterStatus");
    assertThat(one.at("/cluster/findings/0/reason").asText()).isEqualTo("NodeUnknown");
    assertThat(one.at("/cluster/findings/0/since").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(one.at("/cluster/members")).hasSize(300);

    status("-o", "json");
    var all = run.json();
    assertThat(all.path("kind").asText()).isEqualTo("FleetStatus");
    assertThat(all.at("/clusters/0/name").asText()).isEqualTo("search");
  }

  @Test
  void tellsOfAllDatabases() {
    put(Fixtures.withSilentNode(3, "Node node-a-1 does not answer."));
    status();
    assertThat(run.out())
        .startsWith("1 database: 1 needs you, 0 working, 0 fine\n")
        .contains("shop/search  ")
        .contains("2/3    a0 b1 c1  NodeUnknown  Elasticsearch 9.5.3")
        .doesNotContain("\u001b");
  }

  @Test
  void namesAndYamlAreForProgramsToo() throws IOException {
    put(Fixtures.fine(3));

    status("shop/search", "-o", "name");
    assertThat(run.out()).isEqualTo("databasecluster.flotilla.dev/search\n");

    status("shop/search", "-o", "yaml");
    assertThat(run.out()).startsWith("apiVersion: cli.flotilla.dev/v1\nkind: ClusterStatus\n");
    var yaml = new YAMLMapper().readTree(run.out());
    status("shop/search", "-o", "json");
    assertThat(yaml).isEqualTo(run.json());
  }

  @Test
  void wideLeavesNoColumnOut() {
    put(Fixtures.withSilentNode(3, "Node node-a-1 does not answer."));
    var narrow = new CommandRun(server::config, new Terminal(false, false, true, 60));

    narrow.run("status", "shop/search");
    assertThat(narrow.out()).doesNotContain("VOLUME");

    narrow.run("status", "shop/search", "-o", "wide");
    assertThat(narrow.out()).contains("VOLUME");
  }

  private void put(DatabaseCluster cluster) {
    server.answer(ONE, Serialization.asJson(cluster));
    server.answer(
        ALL,
        Serialization.asJson(
            Map.of(
                "apiVersion",
                "flotilla.dev/v1alpha1",
                "kind",
                "DatabaseClusterList",
                "metadata",
                Map.of(),
                "items",
                List.of(cluster))));
  }

  private int status(String... arguments) {
    return run.run(Stream.concat(Stream.of("status"), Stream.of(arguments)).toArray(String[]::new));
  }
}
