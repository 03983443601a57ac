package dev.flotilla.operator.core.view;

import dev.flotilla.topology.model.MemberName;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What keeps data off members by the engine's own settings, whoever set it.
///
/// The engine cannot say who wrote an entry; only the operator's own records can. So it is the
/// caller who says which names are the operator's.
///
/// Source: D14 in docs/requirements.md
///
/// @param evidence of which state of the engine this is true
/// @param named each entry of the one list in which the operator writes, without the blanks around
///   it
/// @param elsewhere entries of all other such settings
/// @param hidden why the list in which the operator writes has no effect now, one clause for
///   people; empty if it has
public record EngineMarks(
    Evidence evidence,
    SortedSet<String> named,
    List<ForeignMark> elsewhere,
    Optional<String> hidden) {

  public EngineMarks {
    named = Collections.unmodifiableSortedSet(new TreeSet<>(named));
    elsewhere = List.copyOf(elsewhere);
  }

  /// Names a state of the engine: of two of one database, the one with the higher term, then the
  /// higher version, is the newer.
  ///
  /// @param clusterUuid which database
  /// @param term how often a voter was elected
  /// @param version of the state
  public record Evidence(String clusterUuid, long term, long version) {

    /// Whether this is the same state of the same database, or a newer one.
    public boolean isAtLeast(Evidence other) {
      return clusterUuid.equals(other.clusterUuid)
          && (term > other.term || (term == other.term && version >= other.version));
    }
  }

  /// An entry that the operator did not write and never touches.
  ///
  /// @param setting in which it stands, as the engine calls it
  /// @param text as its writer wrote it
  public record ForeignMark(String setting, String text) {}

  /// The same without one entry of the list in which the operator writes.
  public EngineMarks without(MemberName member) {
    var rest = new TreeSet<>(named);
    rest.remove(member.value());
    return new EngineMarks(evidence, rest, elsewhere, hidden);
  }

  /// Those of the operator's members that are marked.
  ///
  /// @param owned members that the operator has marked, or may have: a late write counts as its own
  public SortedSet<MemberName> of(Set<MemberName> owned) {
    return owned.stream()
        .filter(member -> named.contains(member.value()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Everything else.
  ///
  /// @param setting what the list in which the operator writes is called
  /// @param owned as above
  public List<ForeignMark> foreign(String setting, Set<MemberName> owned) {
    var names =
        owned.stream().map(MemberName::value).collect(Collectors.toCollection(TreeSet::new));
    var beside =
        named.stream()
            .filter(name -> !names.contains(name))
            .map(it -> new ForeignMark(setting, it));
    return Stream.concat(beside, elsewhere.stream()).toList();
  }
}
