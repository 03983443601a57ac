package dev.flotilla.operator.engine.elasticsearch;

import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.topology.model.MemberName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The value of a setting that lists what is excluded, kept as it was written.
///
/// Whatever the operator adds and takes away again leaves every byte that somebody else wrote where
/// it was: order, blanks, wildcards and empty entries.
///
/// Source: D14 in docs/requirements.md
sealed interface ExcludeText {

  /// The entries as the engine understands them: without the blanks around them, none empty.
  List<String> entries();

  /// Without one entry, however often it is listed; the same object if it is not.
  default ExcludeText without(String entry) {
    return changed(Set.of(entry), new TreeSet<>());
  }

  /// The same with some entries fewer and some more.
  ExcludeText changed(Set<String> absent, SortedSet<String> present);

  /// With these members and without those; the same object if nothing is to be done.
  default ExcludeText ordered(MarkOrder order) {
    return changed(names(order.absent()), names(order.present()));
  }

  /// There is no such setting.
  record Absent() implements ExcludeText {
    @Override
    public List<String> entries() {
      return List.of();
    }

    @Override
    public ExcludeText changed(Set<String> absent, SortedSet<String> present) {
      return present.isEmpty() ? this : new Line(joined(present));
    }
  }

  /// A text with commas, as most people write it. The empty text is another value than none.
  record Line(String text) implements ExcludeText {
    @Override
    public List<String> entries() {
      return understood(parts());
    }

    @Override
    public ExcludeText changed(Set<String> absent, SortedSet<String> present) {
      return ExcludeText.changed(parts(), absent, present)
          .<ExcludeText>map(parts -> parts.isEmpty() ? new Absent() : new Line(joined(parts)))
          .orElse(this);
    }

    private List<String> parts() {
      return List.of(text.split(",", -1));
    }
  }

  /// A list, as some programs write it.
  record Items(List<String> parts) implements ExcludeText {
    public Items {
      parts = List.copyOf(parts);
    }

    @Override
    public List<String> entries() {
      return understood(parts);
    }

    @Override
    public ExcludeText changed(Set<String> absent, SortedSet<String> present) {
      return ExcludeText.changed(parts, absent, present).<ExcludeText>map(Items::new).orElse(this);
    }
  }

  private static List<String> understood(List<String> parts) {
    return parts.stream().map(String::trim).filter(entry -> !entry.isEmpty()).toList();
  }

  private static Optional<List<String>> changed(
      List<String> parts, Set<String> absent, SortedSet<String> present) {
    var there = understood(parts);
    var changed =
        new ArrayList<>(parts.stream().filter(part -> !absent.contains(part.trim())).toList());
    present.stream().filter(name -> !there.contains(name)).forEach(changed::add);
    return changed.equals(parts) ? Optional.empty() : Optional.of(changed);
  }

  private static SortedSet<String> names(SortedSet<MemberName> members) {
    return members.stream().map(MemberName::value).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String joined(Collection<String> parts) {
    return String.join(",", parts);
  }
}
