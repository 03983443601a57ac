package dev.flotilla.topology.model;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The name of a member, given once in its life: `<cluster>-<pool>-<zone>-<6 characters>`.
///
/// It is the name of the member's pod, of its engine node and the end of its volume's name. At most
/// one pod of a name can exist, which is what keeps a member from having two bodies.
///
/// @param value a DNS label, 1 to 63 characters
public record MemberName(String value) implements Comparable<MemberName> {

  /// No vowels, so that no word is spelt; no 0, 1 and 3, which are misread.
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private static final int SUFFIX_LENGTH = 6;

  public MemberName {
    Names.requireLabel("member name", value, 63);
  }

  /// The name of the member that fills a slot of a tenant's cluster.
  ///
  /// The suffix looks random but follows from its arguments, so that two operators that do not know
  /// of each other give one slot one name, and the second create meets 409 instead of making a
  /// second body.
  ///
  /// Source: docs/adr/0009-names-follow-from-the-slot.md
  public static MemberName of(TenantId tenant, ClusterRef cluster, Slot slot) {
    var seed = String.join("\n", tenant.value(), cluster.toString(), slot.toString());
    var suffix = new StringBuilder();
    var rest = new BigInteger(1, sha256(seed));
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      var parts = rest.divideAndRemainder(BigInteger.valueOf(ALPHABET.length()));
      suffix.append(ALPHABET.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    return new MemberName(
        String.join("-", cluster.name(), slot.pool().value(), slot.zone().name(), suffix));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int compareTo(MemberName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
