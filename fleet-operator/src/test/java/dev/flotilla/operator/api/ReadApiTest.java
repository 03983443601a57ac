package dev.flotilla.operator.api;

import static dev.flotilla.operator.core.Drawing.LOST_POD;
import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.operator.cli.CommandRun;
import dev.flotilla.operator.cli.PlayedApiServer;
import dev.flotilla.operator.cli.PlayedOperator;
import dev.flotilla.operator.document.Documents;
import dev.flotilla.operator.document.Schemas;
import dev.flotilla.operator.document.StoreContents;
import dev.flotilla.operator.port.Glance;
import dev.flotilla.operator.wire.ViewFile;
import dev.flotilla.topology.model.ClusterRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReadApiTest {

  private final ServerIdentity identity = ServerIdentity.create(new SecureRandom(), Instant.now());
  private final Map<String, Glance> seen = new TreeMap<>();
  private final List<String> supposed = new CopyOnWriteArrayList<>();
  private ReadApi api;

  @BeforeEach
  void start() throws IOException {
    api =
        new ReadApi(
            0,
            identity,
            new Eyes() {
              @Override
              public Glance look(ClusterRef cluster) {
                return Optional.ofNullable(seen.get(cluster.toString()))
                    .orElseGet(Glance.Absent::new);
              }

              @Override
              public Glance suppose(ClusterRef cluster, String manifest) {
                supposed.add(manifest);
                return Optional.ofNullable(seen.get(manifest)).orElseGet(Glance.Absent::new);
              }
            },
            new ShutDesk());
    seen.put("shop/search", new Glance.Seen(situation(LOST_POD)));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aViewIsServedWhole() throws Exception {
    var reply = get("/v1/clusters/shop/search/view");

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(ViewFile.read(reply.body())).isEqualTo(new ViewFile.Read.Good(situation(LOST_POD)));
  }

  @Test
  void aPlanIsServedAsItsDocument() throws Exception {
    var reply = get("/v1/clusters/shop/search/plan");

    var document = new ObjectMapper().readTree(reply.body());
    assertThat(Schemas.objections(document)).isEmpty();
    assertThat(document.at("/plan/steps/0/step").asText()).isEqualTo("CreatePod");
  }

  @Test
  void aManifestIsPlannedWithoutBeingApplied() throws Exception {
    seen.put("{manifest}", new Glance.Seen(situation(LOST_POD)));

    var reply = send("POST", "/v1/clusters/shop/other/plan", "{manifest}", identity.word());

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).contains("CreatePod");
  }

  @Test
  void whoDoesNotSayTheWordIsToldNothing() throws Exception {
    for (String word : new String[] {"", "wrong", identity.word() + "x"}) {
      var reply = send("GET", "/v1/clusters/shop/search/view", "", word);

      assertThat(reply.statusCode()).isEqualTo(401);
      assertThat(reply.body()).doesNotContain("search").contains("Refusal");
    }
  }

  @Test
  void everyRefusalIsADocument() throws Exception {
    seen.put("shop/illegal", new Glance.Illegal("spec.pools is empty"));
    seen.put("shop/blind", new Glance.Blind("another operator acts"));

    assertThat(refusal("GET", "/v1/clusters/shop/none/view", 404)).contains("no such database");
    assertThat(refusal("GET", "/v1/clusters/shop/illegal/plan", 422)).contains("spec.pools");
    assertThat(refusal("GET", "/v1/clusters/shop/blind/plan", 503)).contains("another operator");
    assertThat(refusal("GET", "/v1/clusters/shop/UPPER/plan", 400)).contains("name");
    assertThat(refusal("GET", "/", 404)).contains("path");
    assertThat(refusal("GET", "/v1/clusters/shop/search/plan/../../../secret", 404)).isNotEmpty();
    assertThat(refusal("DELETE", "/v1/clusters/shop/search/plan", 405)).contains("read");
    assertThat(refusal("POST", "/v1/clusters/shop/search/view", 405)).contains("read");
  }

  /// The rest of it is not even read, so that the answer may not get through.
  @Test
  void aManifestBeyondAllMeasureIsNotPlanned() throws Exception {
    try {
      send("POST", "/v1/clusters/shop/search/plan", "x".repeat(4 << 20), identity.word());
    } catch (IOException e) {
      // the connection was closed
    }

    assertThat(supposed).isEmpty();
  }

  @Test
  void aFaultSaysNothingOfTheInside() throws Exception {
    var broken =
        new ReadApi(
            0,
            identity,
            new Eyes() {
              @Override
              public Glance look(ClusterRef cluster) {
                throw new IllegalStateException("password=hunter2");
              }

              @Override
              public Glance suppose(ClusterRef cluster, String manifest) {
                return look(cluster);
              }
            },
            new ShutDesk());
    try (broken) {
      api.close();
      api = broken;
      assertThat(refusal("GET", "/v1/clusters/shop/search/view", 500)).doesNotContain("hunter2");
    }
  }

  @Test
  void theStoreIsServedAndABackupThatNobodyOrderedIsRefused() throws Exception {
    var reply = get("/v1/store/contents");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(Documents.read(reply.body(), StoreContents.class)).isEqualTo(ShutDesk.CONTENTS);

    assertThat(refusal("GET", "/v1/store/comparison", 503)).contains("a watch is sick");
    assertThat(refusal("POST", "/v1/store/contents", 422)).contains("this is no backup");
    assertThat(refusal("DELETE", "/v1/store/contents", 405)).isNotEmpty();
  }

  /// `--operator` talks to nobody but the process that put up the ConfigMap, whatever leads there.
  @Test
  @Tag("UX-8")
  void theCommandLineReachesAProcessOutsideAndKnowsItByItsCertificate() {
    try (var server = new PlayedApiServer()) {
      var run = new CommandRun(server::config);
      var url =
          "https://%s:%d".formatted(InetAddress.getLoopbackAddress().getHostAddress(), api.port());

      put(server, identity);
      assertThat(run.run("plan", "shop/search", "--operator", url)).isZero();
      assertThat(run.out()).contains("create  pod");
      assertThat(server.requests()).containsExactly("GET " + PlayedOperator.SIGNPOST);

      put(server, ServerIdentity.create(new SecureRandom(), Instant.now()));
      assertThat(run.run("plan", "shop/search", "--operator", url)).isEqualTo(1);
      assertThat(run.err()).contains("not the operator that put up ConfigMap operator-api");
    }
  }

  @Test
  void whoDoesNotKnowTheCertificateIsNotFooled() {
    assertThatThrownBy(() ->
            HttpClient.newHttpClient()
                .send(request("GET", "/", "", identity.word()), BodyHandlers.ofString()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  private static void put(PlayedApiServer server, ServerIdentity identity) {
    PlayedOperator.announce(server, identity.word(), identity.certificate());
  }

  private String refusal(String method, String path, int code) throws Exception {
    var reply = send(method, path, "", identity.word());

    assertThat(reply.statusCode()).as(path).isEqualTo(code);
    var document = new ObjectMapper().readTree(reply.body());
    assertThat(Schemas.objections(document)).isEmpty();
    return document.path("message").asText();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "", identity.word());
  }

  private HttpResponse<String> send(String method, String path, String body, String word)
      throws IOException, InterruptedException, GeneralSecurityException {
    try (var http = HttpClient.newBuilder().sslContext(trusting()).build()) {
      return http.send(request(method, path, body, word), BodyHandlers.ofString());
    }
  }

  private HttpRequest request(String method, String path, String body, String word) {
    var address = InetAddress.getLoopbackAddress().getHostAddress();
    return HttpRequest.newBuilder(
            URI.create("https://%s:%d%s".formatted(address, api.port(), path)))
        .header(ReadApi.WORD_HEADER, word)
        .method(method, BodyPublishers.ofString(body))
        .build();
  }

  private SSLContext trusting() throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
    return context;
  }

  /// What is asked matters here, not who is.
  private static final class Anybody extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
