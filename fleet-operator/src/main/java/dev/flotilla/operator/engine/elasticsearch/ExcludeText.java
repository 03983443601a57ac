package dev.flotilla.operator.engine.elasticsearch;

import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.topology.model.MemberName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// The value of a setting that lists what is excluded, kept as it was written.
///
/// Whatever the operator adds and takes away again leaves every byte that somebody else wrote where
/// it was: order, blanks, wildcards and empty entries.
///
/// Source: D14 in docs/requirements.md
sealed interface ExcludeText {

  /// The entries as the engine understands them: without the blanks around them, none empty.
  List<String> entries();

  /// With these members and without those; the same object if nothing is to be done.
  ExcludeText ordered(MarkOrder order);

  /// There is no such setting.
  record Absent() implements ExcludeText {
    @Override
    public List<String> entries() {
      return List.of();
    }

    @Override
    public ExcludeText ordered(MarkOrder order) {
      return order.present().isEmpty() ? this : new Line(joined(names(order.present())));
    }
  }

  /// A text with commas, as most people write it. The empty text is another value than none.
  record Line(String text) implements ExcludeText {
    @Override
    public List<String> entries() {
      return understood(parts());
    }

    @Override
    public ExcludeText ordered(MarkOrder order) {
      return changed(parts(), order)
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
    public ExcludeText ordered(MarkOrder order) {
      return changed(parts, order).<ExcludeText>map(Items::new).orElse(this);
    }
  }

  private static List<String> understood(List<String> parts) {
    return parts.stream().map(String::trim).filter(entry -> !entry.isEmpty()).toList();
  }

  private static Optional<List<String>> changed(List<String> parts, MarkOrder order) {
    var absent = names(order.absent());
    var there = understood(parts);
    var changed =
        new ArrayList<>(parts.stream().filter(part -> !absent.contains(part.trim())).toList());
    names(order.present()).stream().filter(name -> !there.contains(name)).forEach(changed::add);
    return changed.equals(parts) ? Optional.empty() : Optional.of(changed);
  }

  private static List<String> names(SortedSet<MemberName> members) {
    return members.stream().map(MemberName::value).toList();
  }

  private static String joined(Collection<String> parts) {
    return String.join(",", parts);
  }
}
