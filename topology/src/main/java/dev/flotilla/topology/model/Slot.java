package dev.flotilla.topology.model;

import java.util.Comparator;

/// A place that a member fills: the n-th one ever given in a zone of a pool.
///
/// Ordinals only say which place is meant; nothing is ever chosen for removal by its ordinal.
///
/// @param ordinal counts from 1 within the pool's zone
public record Slot(PoolName pool, Zone zone, int ordinal) implements Comparable<Slot> {

  private static final Comparator<Slot> ORDER =
      Comparator.comparing(Slot::pool).thenComparing(Slot::zone).thenComparingInt(Slot::ordinal);

  public Slot {
    if (ordinal < 1) {
      throw new IllegalArgumentException("ordinal counts from 1, was " + ordinal);
    }
  }

  @Override
  public int compareTo(Slot other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return pool + "/" + zone + "#" + ordinal;
  }
}
