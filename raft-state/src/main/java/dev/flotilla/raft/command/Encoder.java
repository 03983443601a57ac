package dev.flotilla.raft.command;

import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// Writes values one after the other: numbers in as few bytes as they need, texts with their length
/// before them. [Decoder] reads them in the same order.
public final class Encoder {

  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;
  private static final int MAX_NUMBER = Math.ceilDiv(Long.SIZE - 1, BITS);

  private final List<byte[]> parts = new ArrayList<>();

  public byte[] toBytes() {
    var bytes = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(bytes::put);
    return bytes.array();
  }

  /// @param value not negative
  public Encoder number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("numbers are not negative, was " + value);
    }
    var bytes = ByteBuffer.allocate(MAX_NUMBER);
    long rest = value;
    while (rest >= MORE) {
      bytes.put((byte) (rest % MORE | MORE));
      rest >>>= BITS;
    }
    bytes.put((byte) rest);
    parts.add(Arrays.copyOf(bytes.array(), bytes.position()));
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
    parts.add(encoded);
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
