package dev.flotilla.chaos.lab.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.Lab;
import dev.flotilla.chaos.lab.LocalCluster;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.SelfSigned;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The member image run from manifests written by hand, without the operator: what holds here holds
/// for the official image by the same manifests.
@Tag("cluster")
@ExtendWith(LocalCluster.class)
class MemberImageTest {

  private static final String NAMESPACE = "members-by-hand";
  private static final List<String> ZONES = List.of("a", "b", "c");
  private static final String PASSWORD = "of-this-test-alone";
  private static final long SECONDS = 180;

  /// Two members elect a leader and are ready before the third has joined. Answered with 408 when
  /// it has not by then.
  private static final String ALL_JOINED =
      "/_cluster/health?wait_for_nodes=" + ZONES.size() + "&timeout=120s";

  @TempDir private Path folder;

  @Test
  void threeMembersUnderRestrictedFormASecuredClusterOnceTheirSeedsAreWritten(Lab lab)
      throws Exception {
    try (KubernetesClient all = lab.client()) {
      createNamespace(all);
      try {
        formsASecuredCluster(all.adapt(NamespacedKubernetesClient.class).inNamespace(NAMESPACE));
      } finally {
        all.namespaces().withName(NAMESPACE).delete();
      }
    }
  }

  private void formsASecuredCluster(NamespacedKubernetesClient client) throws Exception {
    KeyStore identity =
        SelfSigned.store(folder.resolve("identity.p12"), "member", "bc=ca:true", PASSWORD);
    client.resource(secret(identity)).create();
    client.resource(settings("")).create();
    for (String zone : ZONES) {
      String member = text("member.yaml").replace("${ZONE}", zone).replace("${IMAGE}", image());
      client.load(new ByteArrayInputStream(member.getBytes(StandardCharsets.UTF_8))).create();
    }
    String seeds =
        ZONES.stream()
            .map(zone -> address(await(client, zone, pod -> !address(pod).isEmpty())))
            .collect(Collectors.joining("\n"));

    client.resource(settings(seeds)).update();
    ZONES.forEach(zone -> touch(client, zone));

    for (String zone : ZONES) {
      Pod pod = await(client, zone, Readiness.getInstance()::isReady);
      assertThat(get(identity, address(pod), ALL_JOINED, PASSWORD)).startsWith("HTTP/1.1 200");
      assertThat(get(identity, address(pod), "/_cat/nodes?h=name,version", PASSWORD))
          .startsWith("HTTP/1.1 200")
          .contains("member-a 9.5.3", "member-b 9.5.3", "member-c 9.5.3");
      assertThat(get(identity, address(pod), "/", "wrong")).startsWith("HTTP/1.1 401");
    }
  }

  private static void createNamespace(KubernetesClient client) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    // Pods are refused until the namespace has its service account.
    client
        .serviceAccounts()
        .inNamespace(NAMESPACE)
        .withName("default")
        .waitUntilCondition(Objects::nonNull, SECONDS, TimeUnit.SECONDS);
  }

  private static Pod await(KubernetesClient client, String zone, Predicate<Pod> condition) {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withName("member-" + zone)
        .waitUntilCondition(pod -> pod != null && condition.test(pod), SECONDS, TimeUnit.SECONDS);
  }

  private static String address(Pod pod) {
    String address = pod.getStatus().getPodIP();
    return address == null ? "" : address;
  }

  /// A change of the pod makes its kubelet look at the pod's volumes at once.
  private static void touch(KubernetesClient client, String zone) {
    client
        .pods()
        .inNamespace(NAMESPACE)
        .withName("member-" + zone)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"test/seeds\":\"written\"}}}");
  }

  private static ConfigMap settings(String seeds) throws IOException {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("member")
        .endMetadata()
        .addToData("elasticsearch.yml", text("elasticsearch.yml"))
        .addToData("unicast_hosts.txt", seeds)
        .build();
  }

  private static Secret secret(KeyStore identity) throws GeneralSecurityException {
    byte[] salt = "this salt is of this test alone.".getBytes(StandardCharsets.US_ASCII);
    byte[] hash =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
            .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), salt, 10_000, 256))
            .getEncoded();
    var base64 = Base64.getEncoder();
    String user =
        "operator:{PBKDF2}10000$"
            + base64.encodeToString(salt)
            + "$"
            + base64.encodeToString(hash)
            + "\n";
    byte[] key = identity.getKey("member", PASSWORD.toCharArray()).getEncoded();
    return new SecretBuilder()
        .withNewMetadata()
        .withName("member")
        .endMetadata()
        .addToStringData("users", user)
        .addToStringData("users_roles", "superuser:operator\n")
        .addToStringData("tls.key", pem("PRIVATE KEY", key))
        .addToStringData(
            "tls.crt", pem("CERTIFICATE", identity.getCertificate("member").getEncoded()))
        .build();
  }

  /// Over TLS with the members' certificate as the only one that is trusted. The name is not
  /// checked: it is the members' own business that is tested here.
  private static String get(KeyStore identity, String address, String path, String password)
      throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null);
    trusted.setCertificateEntry("member", identity.getCertificate("member"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    String login =
        Base64.getEncoder()
            .encodeToString(("operator:" + password).getBytes(StandardCharsets.UTF_8));
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: member\r\nConnection: close\r\nAuthorization: Basic "
            + login
            + "\r\n\r\n";
    try (var socket = tls.getSocketFactory().createSocket(address, 9200)) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes));
  }

  /// The image by its digest, as the shelf has it.
  private static String image() throws IOException {
    Path images = Places.ofThisMachine(System.getenv()).images();
    String digest = Files.readAllLines(images.resolve("elasticsearch-9.5.3.digest")).getFirst();
    return BuiltImage.pinned("flotilla.local/elasticsearch:9.5.3", digest);
  }

  private static String text(String resource) throws IOException {
    try (var in = MemberImageTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
