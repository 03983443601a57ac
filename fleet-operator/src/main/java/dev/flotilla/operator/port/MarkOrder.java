package dev.flotilla.operator.port;

import dev.flotilla.topology.model.MemberName;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which of the operator's own members shall be marked, and which shall not. Whatever is neither
/// here nor there stays as it is, to the byte.
///
/// @param present shall be kept free of data
/// @param absent shall not be any more
public record MarkOrder(SortedSet<MemberName> present, SortedSet<MemberName> absent) {

  public MarkOrder {
    if (!Collections.disjoint(present, absent)) {
      throw new IllegalArgumentException(
          "a member is either marked or not, and in both sets of %s and %s"
              .formatted(present, absent));
    }
    present = Collections.unmodifiableSortedSet(new TreeSet<>(present));
    absent = Collections.unmodifiableSortedSet(new TreeSet<>(absent));
  }

  /// Marks, and takes no mark away.
  public static MarkOrder mark(Set<MemberName> members) {
    return new MarkOrder(new TreeSet<>(members), Collections.emptySortedSet());
  }

  /// Takes these marks away and touches no other.
  public static MarkOrder release(Set<MemberName> members) {
    return new MarkOrder(Collections.emptySortedSet(), new TreeSet<>(members));
  }
}
