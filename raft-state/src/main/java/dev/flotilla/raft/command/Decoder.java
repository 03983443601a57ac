package dev.flotilla.raft.command;

import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Reads what [Encoder] wrote. Every method throws [IllegalArgumentException] if something else
/// stands there, and none of them takes more memory than the bytes that are there.
public final class Decoder {

  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private final ByteBuffer bytes;

  public Decoder(ByteBuffer bytes) {
    this.bytes = bytes.slice();
  }

  public long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += BITS) {
      int next = Byte.toUnsignedInt(next());
      value |= (long) (next % MORE) << shift;
      if (next < MORE) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number has no end");
  }

  /// What follows; from 0 to 127.
  public int tag() {
    byte tag = next();
    if (tag < 0) {
      throw new IllegalArgumentException("it does not say what follows");
    }
    return tag;
  }

  /// The version that something was written in.
  ///
  /// @param known the one that can be read
  /// @param what is written, with its article
  public void version(int known, String what) {
    int version = tag();
    if (version != known) {
      throw new IllegalArgumentException("version %d of %s is not known".formatted(version, what));
    }
  }

  private byte next() {
    if (!bytes.hasRemaining()) {
      throw new IllegalArgumentException("it ends too early");
    }
    return bytes.get();
  }

  public String text() {
    int length = count();
    var part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text is no UTF-8", e);
    }
  }

  public Key key() {
    return new Key(text());
  }

  public LeaseName lease() {
    return new LeaseName(key());
  }

  public Revision revision() {
    return new Revision(number());
  }

  public Epoch epoch() {
    return new Epoch(number());
  }

  /// @param read reads one of them
  public <T> List<T> all(Supplier<T> read) {
    int count = count();
    var values = new ArrayList<T>();
    for (int i = 0; i < count; i++) {
      values.add(read.get());
    }
    return values;
  }

  /// How many things follow; there cannot be more of them than bytes.
  private int count() {
    long count = number();
    if (count > bytes.remaining()) {
      throw new IllegalArgumentException(
          "%,d things cannot be in %,d bytes".formatted(count, bytes.remaining()));
    }
    return (int) count;
  }

  /// Everything that follows.
  public ByteBuffer rest() {
    return bytes.slice();
  }

  /// Nothing may follow.
  public void end() {
    if (bytes.hasRemaining()) {
      throw new IllegalArgumentException("%,d bytes too many".formatted(bytes.remaining()));
    }
  }
}
