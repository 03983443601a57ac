package dev.flotilla.chaos.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.flotilla.operator.engine.elasticsearch.TenantCredentials;
import dev.flotilla.operator.port.MemberCertificate;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A server with a tenant's certificate and log-in that keeps documents in memory: as much of
/// Elasticsearch as the demo asks of it.
final class PretendEngine implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ClusterRef SHOP = new ClusterRef("shop", "search");

  /// What is stored, by id; tests may spoil it.
  final Map<String, JsonNode> documents = new ConcurrentSkipListMap<>();

  private final TenantSecret tenant;
  private final HttpsServer server;

  PretendEngine() throws IOException, GeneralSecurityException {
    var credentials = new TenantCredentials(new SecureRandom(), InstantSource.system());
    tenant = credentials.found(SHOP, new TenantId("t-1"));
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpsServer.create(loopback, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(credentials.issue(tenant, member()))));
    server.createContext("/", this::answer);
    server.start();
  }

  /// @param host name to call it by
  URI address(String host) {
    return URI.create("https://" + host + ":" + server.getAddress().getPort());
  }

  LogIn logIn() {
    return new LogIn(file("username"), file("password"), file("ca.crt"));
  }

  private String file(String name) {
    return Objects.requireNonNull(tenant.files().get(name));
  }

  private void answer(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    boolean known = logIn().header().equals(exchange.getRequestHeaders().getFirst("Authorization"));
    var answer = known ? answer(exchange.getRequestURI().getPath(), body) : JSON.createObjectNode();
    var bytes = JSON.writeValueAsBytes(answer);
    exchange.sendResponseHeaders(known ? 200 : 401, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private ObjectNode answer(String path, byte[] body) throws IOException {
    var answer = JSON.createObjectNode();
    if (path.endsWith("/_bulk")) {
      var lines = new String(body, StandardCharsets.UTF_8).split("\n");
      var items = answer.put("errors", false).putArray("items");
      for (int i = 0; i < lines.length; i += 2) {
        var id = JSON.readTree(lines[i]).at("/index/_id").asText();
        documents.put(id, JSON.readTree(lines[i + 1]));
        items.addObject();
      }
    } else if (path.endsWith("/_count")) {
      answer.put("count", documents.size()).putObject("_shards").put("failed", 0);
    } else if (path.contains("/_doc/")) {
      answer.set("_source", documents.get(path.substring(path.lastIndexOf('/') + 1)));
    }
    return answer;
  }

  private static MemberRecord member() {
    return MemberRecord.allocated(
        SHOP, new TenantId("t-1"), new Slot(new PoolName("data"), new Zone("a"), 1), true);
  }

  private static SSLContext tls(MemberCertificate certificate)
      throws IOException, GeneralSecurityException {
    var encoded = certificate.keyPem().replaceAll("-----[A-Z ]+-----|\\s", "");
    var key =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(encoded)));
    var chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(
                    certificate.certificatePem().getBytes(StandardCharsets.US_ASCII)));
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("member", key, new char[0], new Certificate[] {chain});
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
