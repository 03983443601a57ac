package dev.flotilla.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The command against a small HTTP server that answers as an API server does.
class StatusTest {

  private static final String ONE =
      "/apis/flotilla.dev/v1alpha1/namespaces/shop/databaseclusters/search";
  private static final String ALL = "/apis/flotilla.dev/v1alpha1/databaseclusters";

  private final Map<String, String> answers = new TreeMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private int refusal = 404;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var answer = answers.get(exchange.getRequestURI().getPath());
          var body =
              (answer == null
                      ? "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":" + refusal + "}"
                      : answer)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(answer == null ? refusal : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
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
    assertThat(text(err)).contains("there is no database shop/search");

    refusal = 403;
    assertThat(status("shop/search")).isEqualTo(6);
    assertThat(text(err)).contains("get and list on databaseclusters.flotilla.dev");

    server.stop(0);
    assertThat(status("shop/search")).isEqualTo(1);
    assertThat(text(err)).contains("the API server at http://127.0.0.1:");
  }

  @Test
  void refusesNamesThatMeanNothing() {
    assertThat(status("a/b/c")).isEqualTo(2);
    assertThat(status("shop/")).isEqualTo(2);
    assertThat(status("shop/search", "-n", "other")).isEqualTo(2);
    assertThat(text(out)).isEmpty();
  }

  @Test
  @Tag("UX-14")
  void jsonParsesAlone() throws IOException {
    put(Fixtures.withSilentNode(300, "Node node-a-1 does not answer."));

    status("shop/search", "-o", "json");
    var one = new ObjectMapper().readTree(out.toByteArray());
    assertThat(one.path("apiVersion").asText()).isEqualTo("cli.flotilla.dev/v1");
    assertThat(one.path("kind").asText()).isEqualTo("ClusterStatus");
    assertThat(one.at("/cluster/findings/0/reason").asText()).isEqualTo("NodeUnknown");
    assertThat(one.at("/cluster/findings/0/since").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(one.at("/cluster/members")).hasSize(300);

    status("-o", "json");
    var all = new ObjectMapper().readTree(out.toByteArray());
    assertThat(all.path("kind").asText()).isEqualTo("FleetStatus");
    assertThat(all.at("/clusters/0/name").asText()).isEqualTo("search");
  }

  @Test
  void tellsOfAllDatabases() {
    put(Fixtures.withSilentNode(3, "Node node-a-1 does not answer."));
    status();
    assertThat(text(out))
        .startsWith("1 database: 1 needs you, 0 working, 0 fine\n")
        .contains("shop/search  ")
        .contains("2/3    a0 b1 c1  NodeUnknown  Elasticsearch 9.5.3")
        .doesNotContain("\u001b");
  }

  private void put(DatabaseCluster cluster) {
    answers.put(ONE, Serialization.asJson(cluster));
    answers.put(
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
    out.reset();
    err.reset();
    var options = new StatusOptions();
    new CommandLine(new Wrapper(options)).parseArgs(arguments);
    var config =
        new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .withRequestRetryBackoffLimit(0)
            .build();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      return new Status(client, print(out), print(err)).run(options);
    }
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream from) {
    return from.toString(StandardCharsets.UTF_8);
  }

  @CommandLine.Command
  private static final class Wrapper {
    @CommandLine.Mixin private StatusOptions options;

    private Wrapper(StatusOptions options) {
      this.options = options;
    }
  }
}
