package dev.flotilla.operator.core.rule;

import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.PoolSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What the pods of a pool have in common now, and the fingerprint that tells an older pod from a
/// current one.
public final class Templates {

  private static final int FINGERPRINT_BYTES = 5;

  private Templates() {}

  /// The template of a pool's pods as the specification wants them.
  public static PodDraft.Template of(ClusterView view, PoolSpec pool) {
    var spec = view.spec();
    var revision =
        fingerprint(
            String.join(
                "\n",
                spec.engineVersion(),
                spec.image(),
                pool.roles().toString(),
                pool.resources().toString(),
                view.blueprint().files().toString()));
    return new PodDraft.Template(
        spec.engineVersion(), spec.image(), pool.roles(), pool.resources(), revision);
  }

  private static String fingerprint(String text) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
