package dev.flotilla.operator.yaml;

import java.util.Comparator;

/// Something in a file that cannot stay as it is.
///
/// @param spot where it stands
/// @param path the field, such as `spec.pools[0].name`; empty if it is the file as a whole
/// @param what one clause, lower case
/// @param fix what to write instead; empty if nobody knows
public record Objection(Spot spot, String path, String what, String fix)
    implements Comparable<Objection> {

  private static final Comparator<Objection> ORDER =
      Comparator.<Objection>comparingInt(objection -> objection.spot().line())
          .thenComparingInt(objection -> objection.spot().column())
          .thenComparing(Objection::path)
          .thenComparing(Objection::what);

  /// In the order of the file.
  @Override
  public int compareTo(Objection other) {
    return ORDER.compare(this, other);
  }
}
