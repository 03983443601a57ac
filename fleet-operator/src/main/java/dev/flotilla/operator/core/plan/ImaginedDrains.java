package dev.flotilla.operator.core.plan;

import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.ClusterView.KeptVolume;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What steps change about drains outside of their records. How fast data moves is not imagined.
///
/// @param gone slots of members that were removed
/// @param kept their volumes
record ImaginedDrains(Optional<Drainage> drainage, List<Slot> gone, List<KeptVolume> kept) {

  static ImaginedDrains of(ClusterView view) {
    return new ImaginedDrains(view.drainage(), view.gone(), view.kept());
  }

  ImaginedDrains marked(MemberName member) {
    return change(marks -> marks.with(member));
  }

  ImaginedDrains released(DrainRecord drain) {
    return change(marks -> marks.without(drain));
  }

  /// @param drain of the member, over
  ImaginedDrains without(MemberView member, DrainRecord drain) {
    var all = new ArrayList<>(gone);
    all.add(member.record().slot());
    var volumes = new ArrayList<>(kept);
    member
        .volume()
        .ifPresent(volume -> volumes.add(new KeptVolume(member.record(), drain, volume)));
    return new ImaginedDrains(drainage, all, volumes);
  }

  /// @param change of the volume of a member that was removed; empty if it goes
  ImaginedDrains keptAs(MemberName member, Function<VolumeView, Optional<VolumeView>> change) {
    var volumes =
        kept.stream()
            .flatMap(it ->
                it.record().name().equals(member)
                    ? change.apply(it.volume()).map(it::with).stream()
                    : Stream.of(it))
            .toList();
    return new ImaginedDrains(drainage, gone, volumes);
  }

  private ImaginedDrains change(UnaryOperator<EngineMarks> change) {
    return new ImaginedDrains(
        drainage.map(it ->
            new Drainage(
                changed(it.marks(), change),
                it.now(),
                it.before(),
                it.feasibility(),
                it.still(),
                it.paces())),
        gone,
        kept);
  }

  private static Reading<EngineMarks> changed(
      Reading<EngineMarks> reading, UnaryOperator<EngineMarks> change) {
    return switch (reading) {
      case Reading.Unknown<EngineMarks> unknown -> unknown;
      case Reading.Known<EngineMarks>(var marks, var at) ->
          new Reading.Known<>(change.apply(marks), at);
    };
  }
}
