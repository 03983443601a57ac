package dev.flotilla.topology.etcd;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where an etcd is, what of it is ours, and how it is spoken to.
///
/// @param endpoints at least one, `http` or `https`
/// @param prefix of everything that is written, with its last `/`
/// @param tls for `https`
public record EtcdAddress(List<URI> endpoints, String prefix, Optional<Tls> tls) {

  public EtcdAddress {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("an etcd has at least one endpoint");
    }
  }

  /// @param authority file with the certificates that are trusted, as PEM
  /// @param identity what is shown to etcd, if it wants to know
  public record Tls(Path authority, Optional<Identity> identity) {}

  /// @param certificate file with the chain, as PEM
  /// @param key file with its key in PKCS 8, as PEM
  public record Identity(Path certificate, Path key) {}
}
