package dev.flotilla.operator.port;

import dev.flotilla.topology.model.MemberName;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which of the operator's own members shall be marked, and which shall not. Whatever is neither
/// here nor there stays as it is, to the byte.
///
/// @param present shall be kept free of data
/// @param absent shall not be any more
/// @param struck an entry of somebody else's that is taken away, wherever the setting has a value;
///   empty for none
public record MarkOrder(
    SortedSet<MemberName> present, SortedSet<MemberName> absent, Optional<Entry> struck) {

  public MarkOrder {
    if (!Collections.disjoint(present, absent)) {
      throw new IllegalArgumentException(
          "a member is either marked or not, and in both sets of %s and %s"
              .formatted(present, absent));
    }
    present = Collections.unmodifiableSortedSet(new TreeSet<>(present));
    absent = Collections.unmodifiableSortedSet(new TreeSet<>(absent));
  }

  /// One entry of one of the engine's settings.
  ///
  /// @param setting as the engine calls it
  public record Entry(String setting, String text) {}

  /// Whether it takes anything away: then it is written also if that is not there, because an
  /// earlier write whose answer was lost may still come.
  public boolean takesAway() {
    return !absent.isEmpty() || struck.isPresent();
  }

  /// Takes one entry away, and nothing else.
  public static MarkOrder strike(Entry entry) {
    return new MarkOrder(
        Collections.emptySortedSet(), Collections.emptySortedSet(), Optional.of(entry));
  }

  /// Marks, and takes no mark away.
  public static MarkOrder mark(Set<MemberName> members) {
    return new MarkOrder(new TreeSet<>(members), Collections.emptySortedSet(), Optional.empty());
  }

  /// Takes these marks away and touches no other.
  public static MarkOrder release(Set<MemberName> members) {
    return new MarkOrder(Collections.emptySortedSet(), new TreeSet<>(members), Optional.empty());
  }
}
