package dev.flotilla.raft.command;

import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Consumer;

/// Writes values one after the other: numbers in as few bytes as they need, texts with their length
/// before them. [Decoder] reads them in the same order.
public final class Encoder {

  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private byte[] bytes = new byte[256];
  private int length;

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void add(byte... more) {
    if (bytes.length - length < more.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more.length));
    }
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  /// @param value not negative
  public Encoder number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("numbers are not negative, was " + value);
    }
    long rest = value;
    while (rest >= MORE) {
      add((byte) (rest % MORE | MORE));
      rest >>>= BITS;
    }
    add((byte) rest);
    return this;
  }

  /// Says what follows.
  ///
  /// @param value from 0 to 127
  public Encoder tag(int value) {
    if (value >= MORE) {
      throw new IllegalArgumentException("a tag is below %d, was %d".formatted(MORE, value));
    }
    return number(value);
  }

  public Encoder text(String text) {
    var encoded = text.getBytes(StandardCharsets.UTF_8);
    number(encoded.length);
    add(encoded);
    return this;
  }

  public Encoder key(Key key) {
    return text(key.path());
  }

  public Encoder lease(LeaseName lease) {
    return key(lease.key());
  }

  public Encoder revision(Revision revision) {
    return number(revision.value());
  }

  public Encoder epoch(Epoch epoch) {
    return number(epoch.value());
  }

  /// @param write writes one of them
  public <T> Encoder all(Collection<T> values, Consumer<T> write) {
    number(values.size());
    values.forEach(write);
    return this;
  }
}
