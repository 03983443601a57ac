package dev.flotilla.topology.model;

/// The fencing number of the acting operator: each take-over raises it, so the higher one is always
/// the newer.
public record Epoch(long value) implements Comparable<Epoch> {

  public Epoch {
    if (value < 0) {
      throw new IllegalArgumentException("an epoch is not negative, was " + value);
    }
  }

  public Epoch next() {
    return new Epoch(value + 1);
  }

  @Override
  public int compareTo(Epoch other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
