package dev.flotilla.operator.app.voter;

import dev.flotilla.operator.certificate.Authority;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.kube.ApiServer;
import dev.flotilla.operator.kube.read.SecretReader;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.raft.ratis.PeerTls;
import dev.flotilla.raft.ratis.VoterId;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The authority by which the store's voters know each other, in the Secret `flotilla-store-ca` of
/// the operator's namespace. Whoever comes first makes it. Each process gives its voter a
/// certificate of its own, whose key never leaves the process.
///
/// Source: docs/adr/0024-three-operators-that-vote.md
final class StoreAuthority {

  private static final String NAME = "flotilla-store-ca";

  /// Longer than any process runs.
  private static final Duration VALIDITY = Duration.ofDays(3653);

  private final ApiServer api;
  private final StopSignal stop;
  private final String namespace;
  private final SecureRandom random;
  private final InstantSource clock;

  /// @param stop ends what is under way
  /// @param namespace the operator's own
  StoreAuthority(
      ApiServer api, StopSignal stop, String namespace, SecureRandom random, InstantSource clock) {
    this.api = api;
    this.stop = stop;
    this.namespace = namespace;
    this.random = random;
    this.clock = clock;
  }

  /// What a voter shows the others, and whom it believes. Asks Kubernetes.
  ///
  /// @throws IllegalStateException if the authority can neither be read nor made
  PeerTls identity(VoterId voter) {
    var authority = found().orElseGet(this::create);
    var name = voter.toString();
    var own = authority.issue(name, List.of(name), VALIDITY, random, clock.instant());
    return PeerTls.of(own.keyPem(), own.certificatePem(), own.authorityPem());
  }

  /// What stands there afterwards counts, whoever made it.
  private Authority create() {
    var made = Authority.create(namespace, "store", random, clock.instant());
    var result =
        api.create(
            stop,
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME)
                .withLabels(Labels.ours())
                .endMetadata()
                .withType("Opaque")
                .withStringData(made.files())
                .build());
    return found().orElseThrow(() -> unusable("cannot be created: " + result));
  }

  private Optional<Authority> found() {
    return switch (api.get(stop, Secret.class, namespace, NAME)) {
      case Reading.Unknown<Optional<Secret>>(var why) -> throw unusable("cannot be read: " + why);
      case Reading.Known<Optional<Secret>>(var secret, var at) ->
          secret.map(it ->
              Authority.read(
                  SecretReader.files(it).orElseThrow(() -> unusable("cannot be decoded"))));
    };
  }

  private IllegalStateException unusable(String why) {
    return new IllegalStateException("Secret %s/%s %s".formatted(namespace, NAME, why));
  }
}
