package dev.flotilla.operator.core.view;

import dev.flotilla.topology.lifecycle.DrainRecord;
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
/// @param list what the one list in which the operator writes is called
/// @param named each entry of that list, without the blanks around it
/// @param elsewhere entries of all other such settings
/// @param hidden why the list in which the operator writes has no effect now, one clause for
///   people; empty if it has
public record EngineMarks(
    Evidence evidence,
    String list,
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

  /// What of a member an entry is compared with.
  public enum By {
    NAME,
    /// Where it can be reached: one that is gone leaves its address to another.
    ADDRESS,
    /// The engine's own name for it.
    ID,
    /// Something else, such as its zone.
    OTHER
  }

  /// An entry that the operator did not write.
  ///
  /// @param setting in which it stands, as the engine calls it
  /// @param passing whether that is a setting which takes the place of a lasting one of the same
  ///   name
  /// @param by what of a member it is compared with
  /// @param text as its writer wrote it, without the blanks around it
  public record ForeignMark(String setting, boolean passing, By by, String text) {

    /// For people: the entry and where it stands.
    public String words() {
      return "entry %s of the %ssetting %s".formatted(text, passing ? "transient " : "", setting);
    }
  }

  /// The same with one entry more in the list in which the operator writes.
  public EngineMarks with(MemberName member) {
    var more = new TreeSet<>(named);
    more.add(member.value());
    return new EngineMarks(evidence, list, more, elsewhere, hidden);
  }

  /// The same without what a drain's release has taken away.
  public EngineMarks without(DrainRecord drain) {
    var rest = new TreeSet<>(named);
    return switch (drain.purpose()) {
      case DrainRecord.Purpose.Reclaim(var setting, var entry) -> {
        if (setting.equals(list)) {
          rest.remove(entry);
        }
        var others =
            elsewhere.stream()
                .filter(mark -> !mark.setting().equals(setting) || !mark.text().equals(entry))
                .toList();
        yield new EngineMarks(evidence, list, rest, others, hidden);
      }
      case DrainRecord.Purpose.ScaleIn scaleIn -> without(drain.member(), rest);
      case DrainRecord.Purpose.Request request -> without(drain.member(), rest);
    };
  }

  private EngineMarks without(MemberName member, SortedSet<String> rest) {
    rest.remove(member.value());
    return new EngineMarks(evidence, list, rest, elsewhere, hidden);
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
  /// @param owned as above
  public List<ForeignMark> foreign(Set<MemberName> owned) {
    var names =
        owned.stream().map(MemberName::value).collect(Collectors.toCollection(TreeSet::new));
    var beside =
        named.stream()
            .filter(name -> !names.contains(name))
            .map(it -> new ForeignMark(list, false, By.NAME, it));
    return Stream.concat(beside, elsewhere.stream()).toList();
  }
}
