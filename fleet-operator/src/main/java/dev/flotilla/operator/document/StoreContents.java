package dev.flotilla.operator.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Everything that is recorded of databases at one moment: a backup of the store.
///
/// Leases are left out. Their numbers must only grow, whatever is put back.
///
/// @param format of the entries; another one is not read
/// @param store identity of the store; empty if the operators do not vote on it
/// @param revision of the store at that moment
/// @param entries in the order of their keys
/// @param checksum of all the others: SHA-256, in hexadecimal digits
public record StoreContents(
    int format, String store, long revision, List<Item> entries, String checksum)
    implements Document {

  private static final int FORMAT = 1;

  /// One line of the store.
  public record Item(String key, String value) {}

  public StoreContents {
    entries = List.copyOf(entries);
  }

  /// With the checksum that belongs to it.
  public static StoreContents of(String store, long revision, List<Item> entries) {
    return new StoreContents(FORMAT, store, revision, entries, checksum(store, revision, entries));
  }

  /// The same, of a store of that name.
  public StoreContents of(String identity) {
    return of(identity, revision, entries);
  }

  /// Whether it is whole, and written in a way that is read here.
  public boolean isSound() {
    return format == FORMAT && checksum.equals(checksum(store, revision, entries));
  }

  private static String checksum(String store, long revision, List<Item> entries) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          "%d %s %d%n".formatted(FORMAT, store, revision).getBytes(StandardCharsets.UTF_8));
      for (Item item : entries) {
        digest.update(
            "%s\0%s\0".formatted(item.key(), item.value()).getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
