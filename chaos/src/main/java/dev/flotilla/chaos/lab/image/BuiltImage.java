package dev.flotilla.chaos.lab.image;

import java.nio.file.Path;
import java.util.Objects;

/// A finished image in the cache.
///
/// @param reference name and tag, such as `flotilla.local/elasticsearch:9.5.3`
/// @param archive OCI archive that `ctr images import` accepts
/// @param digest digest of the image's manifest, `sha256:` and 64 hexadecimal digits
public record BuiltImage(String reference, Path archive, String digest) {
  /// Checks the digest's form.
  public BuiltImage {
    Objects.requireNonNull(reference);
    Objects.requireNonNull(archive);
    if (!digest.matches("sha256:[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a digest: " + digest);
    }
  }

  /// Name and digest, such as `flotilla.local/elasticsearch@sha256:…`: what a manifest refers to,
  /// since it means these bytes and no others. The archive carries this name too.
  public String pinned() {
    return pinned(reference, digest);
  }

  static String pinned(String reference, String digest) {
    return reference.substring(0, reference.lastIndexOf(':')) + "@" + digest;
  }
}
