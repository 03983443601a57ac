package dev.flotilla.topology.model;

/// A version of the store's content for one cluster; it only grows, and 0 is "nothing was ever
/// written".
public record Revision(long value) implements Comparable<Revision> {

  public static final Revision NONE = new Revision(0);

  public Revision {
    if (value < 0) {
      throw new IllegalArgumentException("a revision is not negative, was " + value);
    }
  }

  public Revision next() {
    return new Revision(value + 1);
  }

  @Override
  public int compareTo(Revision other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
