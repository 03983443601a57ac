package dev.flotilla.topology.etcd;

import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import io.etcd.jetcd.ByteSequence;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where entries stand in an etcd that others use, too: all of them under one prefix.
///
/// @param prefix with its last `/`, such as `/flotilla/`
record Names(String prefix) {

  /// The next character after `/`: where the keys under one end.
  private static final char AFTER_SLASH = '/' + 1;

  ByteSequence entry(Key key) {
    return text(prefix + "entries/" + key);
  }

  /// Where everything under an entry begins.
  ByteSequence under(Key key) {
    return text(prefix + "entries/" + key + "/");
  }

  /// Where everything under an entry has ended.
  ByteSequence past(Key key) {
    return text(prefix + "entries/" + key + AFTER_SLASH);
  }

  /// Empty if nobody who keeps to the port wrote it.
  Optional<Key> key(ByteSequence entry) {
    var path = entry.toString(StandardCharsets.UTF_8).substring((prefix + "entries/").length());
    try {
      return Optional.of(new Key(path));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Who has a lease; etcd removes it when its time is over.
  ByteSequence holder(LeaseName lease) {
    return text(prefix + "leases/" + lease);
  }

  /// The epoch of a lease's last holder; it stays.
  ByteSequence epoch(LeaseName lease) {
    return text(prefix + "epochs/" + lease);
  }

  static ByteSequence text(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }
}
