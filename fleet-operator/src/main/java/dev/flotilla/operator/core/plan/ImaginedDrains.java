package dev.flotilla.operator.core.plan;

import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// What steps change about drains outside of their records. How fast data moves is not imagined.
///
/// @param gone slots of members that were removed
record ImaginedDrains(Optional<Drainage> drainage, List<Slot> gone) {

  static ImaginedDrains of(ClusterView view) {
    return new ImaginedDrains(view.drainage(), view.gone());
  }

  ImaginedDrains marked(MemberName member) {
    return change(named -> named.add(member.value()));
  }

  ImaginedDrains released(MemberName member) {
    return change(named -> named.remove(member.value()));
  }

  ImaginedDrains without(Slot slot) {
    var all = new ArrayList<>(gone);
    all.add(slot);
    return new ImaginedDrains(drainage, all);
  }

  private ImaginedDrains change(Consumer<SortedSet<String>> change) {
    return new ImaginedDrains(
        drainage.map(it ->
            new Drainage(
                changed(it.marks(), change), it.now(), it.before(), it.feasibility(), it.still())),
        gone);
  }

  private static Reading<EngineMarks> changed(
      Reading<EngineMarks> reading, Consumer<SortedSet<String>> change) {
    return switch (reading) {
      case Reading.Unknown<EngineMarks> unknown -> unknown;
      case Reading.Known<EngineMarks>(var marks, var at) -> {
        var named = new TreeSet<>(marks.named());
        change.accept(named);
        yield new Reading.Known<>(
            new EngineMarks(marks.evidence(), named, marks.elsewhere(), marks.hidden()), at);
      }
    };
  }
}
