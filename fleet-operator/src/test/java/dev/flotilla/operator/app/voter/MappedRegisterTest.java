package dev.flotilla.operator.app.voter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchProfile;
import dev.flotilla.operator.kube.ApiServer;
import dev.flotilla.operator.kube.StoreMap;
import dev.flotilla.operator.kube.watch.InformerKubeCache;
import dev.flotilla.operator.port.Awakener;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.raft.app.VoterRecord;
import dev.flotilla.raft.app.VoterRegister.Page;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Zone;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The record of voters among the requests that carry it.
class MappedRegisterTest {

  private static final VoterRecord RECORD =
      VoterRecord.founding(
          new UUID(1, 2), new TreeSet<>(List.of(new Zone("a"), new Zone("b"), new Zone("c"))));

  private static final String ABSENT =
      """
      {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404,
       "details": {"name": "flotilla-store", "kind": "configmaps"}}
      """;

  private static final String CHANGED =
      """
      {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Conflict", "code": 409,
       "message": "somebody was faster"}
      """;

  private HttpServer server;
  private KubernetesClient client;
  private MappedRegister register;

  private volatile int code = 200;
  private volatile String answer = "";
  private volatile String asked = "";
  private volatile String body = "";

  @BeforeEach
  void connect() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    var clock = InstantSource.system();
    var sight =
        new InformerKubeCache(client, "home", new ElasticsearchProfile(), new Nobody(), clock);
    register =
        new MappedRegister(
            new StoreMap(new ApiServer(client, sight, clock), "home"), new StopSignal());
  }

  @AfterEach
  void disconnect() {
    client.close();
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void stands(String data) {
    code = 200;
    answer =
        """
        {"kind": "ConfigMap", "apiVersion": "v1", "data": %s,
         "metadata": {"namespace": "home", "name": "flotilla-store", "uid": "u-1",
                      "resourceVersion": "7"}}
        """
            .formatted(data);
  }

  private void refuses(int code, String answer) {
    this.code = code;
    this.answer = answer;
  }

  private Page.Known read() {
    var page = register.read();
    assertThat(page).isInstanceOf(Page.Known.class);
    return (Page.Known) page;
  }

  @Test
  void whereNothingStandsItIsCreatedWithTheLowestEpoch() throws IOException {
    refuses(404, ABSENT);
    var page = read();
    assertThat(page.record()).isEmpty();

    stands("{}");
    assertThat(register.write(page.version(), RECORD)).isEmpty();

    assertThat(asked).isEqualTo("POST /api/v1/namespaces/home/configmaps");
    assertThat(new ObjectMapper().readTree(body).at("/data/epoch").asText()).isEqualTo("0");
    assertThat(new ObjectMapper().readTree(body).at("/data/voters").asText())
        .isEqualTo("a.1 b.1 c.1");
  }

  /// One that somebody else has changed in between would lose that change.
  @Test
  void whatStandsThereIsChangedOnlyIfItIsStillWhatWasRead() throws IOException {
    stands("{\"epoch\": \"4\"}");
    var page = read();
    assertThat(page.record()).as("an epoch is no record").isEmpty();

    assertThat(register.write(page.version(), RECORD)).isEmpty();

    assertThat(asked).isEqualTo("PATCH /api/v1/namespaces/home/configmaps/flotilla-store");
    var sent = new ObjectMapper().readTree(body);
    assertThat(sent.at("/metadata/uid").asText()).isEqualTo("u-1");
    assertThat(sent.at("/metadata/resourceVersion").asText()).isEqualTo("7");
    assertThat(sent.at("/data/epoch").isMissingNode()).as("who acts is not its affair").isTrue();
  }

  @Test
  void whoComesLateIsTold() {
    stands("{}");
    var version = read().version();
    refuses(409, CHANGED);

    assertThat(register.write(version, RECORD)).isPresent();
  }

  @Test
  void whatWasWrittenIsRead() {
    stands(
        """
        {"epoch": "4", "group": "00000000-0000-0001-0000-000000000002",
         "voters": "a.1 b.1 c.1", "started": ""}
        """);

    assertThat(read().record()).contains(RECORD);
  }

  /// Taken for nothing, a second store would be founded.
  @Test
  void aDamagedRecordIsNotTakenForNone() {
    stands("{\"group\": \"00000000-0000-0001-0000-000000000002\", \"voters\": \"a.1 b.1 c.1\"}");
    assertThat(register.read())
        .isEqualTo(
            new Page.Unknown(
                "ConfigMap home/flotilla-store: the record of voters has no entry started"));

    refuses(500, "");
    assertThat(register.read()).isInstanceOf(Page.Unknown.class);
  }

  /// Nobody watches here.
  private static final class Nobody implements Awakener {

    @Override
    public void changed(ClusterRef cluster) {}

    @Override
    public void respecified(ClusterRef cluster) {}

    @Override
    public void epochChanged() {}
  }
}
