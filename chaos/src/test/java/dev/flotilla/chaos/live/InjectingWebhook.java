package dev.flotilla.chaos.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.flotilla.chaos.lab.SelfSigned;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A mutating webhook that does to all objects of databases what service meshes and policy engines
/// do: pods get containers, a volume, a variable and a toleration that nobody asked for, settings
/// get a further file, and everything gets a label and an annotation.
final class InjectingWebhook implements AutoCloseable {

  /// The container that every pod gets, before its own.
  static final String PROXY = "proxy";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "changeit";

  private static final String CONFIGURATION =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingWebhookConfiguration
      metadata: {name: mesh.example.org}
      webhooks:
        - name: mesh.example.org
          clientConfig: {url: "https://127.0.0.1:%d/", caBundle: "%s"}
          rules:
            - operations: [CREATE, UPDATE]
              apiGroups: ["", policy, discovery.k8s.io, flotilla.dev]
              apiVersions: ["*"]
              resources:
                - pods
                - persistentvolumeclaims
                - configmaps
                - secrets
                - services
                - poddisruptionbudgets
                - endpointslices
                - databaseclusters
                - databasepools
          objectSelector: {matchExpressions: [{key: flotilla.dev/cluster, operator: Exists}]}
          admissionReviewVersions: [v1]
          sideEffects: None
          failurePolicy: Fail
      """;

  private final HttpsServer server;

  private InjectingWebhook(HttpsServer server) {
    this.server = server;
  }

  /// Starts it and tells the API server of it.
  ///
  /// @param folder where its key is kept
  static InjectingWebhook start(KubernetesClient client, Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    var store =
        SelfSigned.store(folder.resolve("webhook.p12"), "webhook", "san=ip:127.0.0.1", PASSWORD);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    var server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext("/", InjectingWebhook::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    var certificate =
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(base64(store.getCertificate("webhook").getEncoded()));
    client
        .resource(
            CONFIGURATION.formatted(
                server.getAddress().getPort(),
                base64(certificate.getBytes(StandardCharsets.US_ASCII))))
        .create();
    return new InjectingWebhook(server);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = JSON.readTree(exchange.getRequestBody()).path("request");
      var review =
          JSON.createObjectNode()
              .put("apiVersion", "admission.k8s.io/v1")
              .put("kind", "AdmissionReview");
      review
          .putObject("response")
          .put("uid", request.path("uid").asText())
          .put("allowed", true)
          .put("patchType", "JSONPatch")
          .put("patch", base64(JSON.writeValueAsBytes(patch(request))));
      var bytes = JSON.writeValueAsBytes(review);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static ArrayNode patch(JsonNode request) throws IOException {
    var object = request.path("object");
    var patch = JSON.createArrayNode();
    if (object.path("metadata").path("annotations").isMissingNode()) {
      add(patch, "/metadata/annotations", "{}");
    }
    add(patch, "/metadata/annotations/mesh.example.org~1status", "\"injected\"");
    add(patch, "/metadata/labels/mesh.example.org~1rev", "\"one\"");
    if (object.path("kind").asText().equals("ConfigMap")) {
      add(patch, "/data/mesh.pem", "\"a certificate\"");
    }
    if (object.path("kind").asText().equals("Pod")
        && request.path("operation").asText().equals("CREATE")) {
      add(patch, "/spec/containers/0/env/-", "{\"name\": \"MESH\", \"value\": \"on\"}");
      add(
          patch,
          "/spec/containers/0/volumeMounts/-",
          "{\"name\": \"mesh\", \"mountPath\": \"/m\"}");
      add(patch, "/spec/volumes/-", "{\"name\": \"mesh\", \"emptyDir\": {}}");
      add(patch, "/spec/tolerations/-", "{\"key\": \"mesh\", \"operator\": \"Exists\"}");
      add(patch, "/spec/initContainers/0", container("mesh-init"));
      add(patch, "/spec/containers/0", container(PROXY));
    }
    return patch;
  }

  private static String container(String name) {
    return "{\"name\": \"%s\", \"image\": \"example.org/mesh:1\"}".formatted(name);
  }

  private static void add(ArrayNode patch, String path, String value) throws IOException {
    patch.addObject().put("op", "add").put("path", path).set("value", JSON.readTree(value));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
