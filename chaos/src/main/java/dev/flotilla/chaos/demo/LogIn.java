package dev.flotilla.chaos.demo;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// What a tenant needs to be let in, from the tenant's own Secret.
///
/// @param user name
/// @param password never printed
/// @param authority certificate of the tenant's own authority, PEM
public record LogIn(String user, String password, String authority) {

  /// From the keys `username`, `password` and `ca.crt`.
  static LogIn of(Secret secret) {
    return new LogIn(text(secret, "username"), text(secret, "password"), text(secret, "ca.crt"));
  }

  /// The header that HTTP wants.
  String header() {
    String both = user + ":" + password;
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Secret secret, String key) {
    String name = secret.getMetadata().getName();
    return Optional.ofNullable(secret.getData())
        .map((Map<String, String> data) -> data.get(key))
        .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
        .orElseThrow(() -> new IllegalStateException("Secret " + name + " has no " + key));
  }

  @Override
  public String toString() {
    return "LogIn[" + user + "]";
  }
}
