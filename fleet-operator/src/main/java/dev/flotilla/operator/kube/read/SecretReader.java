package dev.flotilla.operator.kube.read;

import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.TenantId;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The Secrets of tenants and members.
public final class SecretReader {

  private SecretReader() {}

  /// When a member's certificate ends; empty if the Secret does not say so, and then it is made
  /// anew.
  public static Optional<Instant> expires(Secret secret) {
    return Refs.annotation(secret.getMetadata(), Labels.EXPIRES)
        .flatMap(text -> {
          try {
            return Optional.of(Instant.parse(text));
          } catch (DateTimeParseException e) {
            return Optional.empty();
          }
        });
  }

  /// A tenant's Secret; empty if it does not say whose it is or cannot be decoded.
  public static Optional<TenantSecret> tenant(Secret secret) {
    var meta = secret.getMetadata();
    return Refs.annotation(meta, Labels.TENANT)
        .flatMap(id -> Refs.legal(id, TenantId::new))
        .flatMap(id ->
            files(secret)
                .map(files -> new TenantSecret(id, Refs.annotation(meta, Labels.ENGINE), files)));
  }

  /// What a Secret holds, decoded; empty if it cannot be.
  public static Optional<SortedMap<String, String>> files(Secret secret) {
    var files = new TreeMap<String, String>();
    try {
      Optional.ofNullable(secret.getData())
          .orElse(Map.of())
          .forEach((name, content) ->
              files.put(
                  name, new String(Base64.getDecoder().decode(content), StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the exception's message could hold part of a secret
    }
    return Optional.of(files);
  }
}
