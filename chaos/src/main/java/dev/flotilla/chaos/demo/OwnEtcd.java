package dev.flotilla.chaos.demo;

import dev.flotilla.chaos.lab.LabFailure;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.operator.certificate.Authority;
import dev.flotilla.operator.cli.install.UsersEtcd;
import dev.flotilla.operator.port.MemberCertificate;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// An etcd on the cluster, as a user may have one: with an authority of its own, which clients have
/// to show a certificate of.
final class OwnEtcd {

  private static final String NAMESPACE = OperatorInstall.NAMESPACE;
  private static final String NAME = "etcd";
  private static final String HOST = "etcd.flotilla-system.svc";

  /// Certificates of the server, and of its client, the operator.
  private static final String SERVER = "etcd-server";

  private static final String CLIENT = "etcd-client";
  private static final Duration READY = Duration.ofSeconds(120);
  private static final Duration VALIDITY = Duration.ofDays(30);

  private final KubernetesClient client;
  private final Places places;

  OwnEtcd(KubernetesClient client, Places places) {
    this.client = client;
    this.places = places;
  }

  /// How operators find it.
  static UsersEtcd access() {
    return new UsersEtcd("https://" + HOST + ":2379", Optional.of(CLIENT));
  }

  /// Starts it if it is not there. The namespace of the operator must be.
  void start(Progress.Phase phase) {
    phase.detail("etcd");
    if (client.secrets().inNamespace(NAMESPACE).withName(SERVER).get() == null) {
      var random = new SecureRandom();
      var authority = Authority.create(NAMESPACE, NAME, random, Instant.now());
      for (String name : List.of(CLIENT, SERVER)) {
        var names = name.equals(SERVER) ? List.of(HOST, "localhost") : List.of(name);
        client
            .resource(secret(name, authority.issue(name, names, VALIDITY, random, Instant.now())))
            .forceConflicts()
            .serverSideApply();
      }
    }
    Manifests.load(places.scripts().resolve("manifests/etcd.yaml"))
        .forEach(object -> client.resource(object).forceConflicts().serverSideApply());
    phase.detail("waiting until etcd is ready");
    try {
      client
          .apps()
          .deployments()
          .inNamespace(NAMESPACE)
          .withName(NAME)
          .waitUntilReady(READY.toSeconds(), TimeUnit.SECONDS);
    } catch (KubernetesClientTimeoutException e) {
      throw new LabFailure(
          "etcd is not ready after %d s".formatted(READY.toSeconds()),
          "./flotilla kubectl -n %s describe pods".formatted(NAMESPACE));
    }
  }

  /// The node that it runs on.
  String node() {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("app.kubernetes.io/name", NAME)
        .list()
        .getItems()
        .getFirst()
        .getSpec()
        .getNodeName();
  }

  private static Secret secret(String name, MemberCertificate leaf) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(name)
        .endMetadata()
        .withType("kubernetes.io/tls")
        .withStringData(
            Map.of(
                "ca.crt",
                leaf.authorityPem(),
                "tls.crt",
                leaf.certificatePem(),
                "tls.key",
                leaf.keyPem()))
        .build();
  }
}
