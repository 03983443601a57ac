package dev.flotilla.operator.core.plan;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.VolumeView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is to be done about the volumes of a database whose resource is gone: those whose time is
/// over are deleted, one at a time, and all others stay.
///
/// A person's word takes the operator's away for good: nobody can say any more what was wanted of
/// the database.
///
/// Only the end of a database that was confirmed, the end of a member that was emptied, or a person
/// writes such a time on a claim.
///
/// Source: D2, R34 in docs/requirements.md.
public final class Leftovers {

  private static final String NAME = "Leftovers";

  private Leftovers() {}

  /// @param volumes every claim that carries the database's label
  public static Plan plan(List<VolumeView> volumes, Instant now) {
    var ours =
        volumes.stream()
            .filter(volume -> !volume.terminating() && volume.trusted().isPresent())
            .toList();
    var answered =
        ours.stream()
            .filter(volume -> volume.retention().word().isPresent())
            .filter(volume -> volume.retention().mark().isPresent())
            .map(volume -> new Plan.Planned(NAME, unmark(volume)))
            .toList();
    if (!answered.isEmpty()) {
      return new Plan(answered, List.of(), Optional.of(now));
    }
    var ending =
        ours.stream()
            .filter(volume -> volume.retention().until().isPresent())
            .sorted(Comparator.comparing(Leftovers::until).thenComparing(volume -> volume.name()))
            .toList();
    if (ending.isEmpty()) {
      return Plan.NOTHING;
    }
    var first = ending.getFirst();
    return now.isBefore(until(first))
        ? new Plan(List.of(), List.of(), Optional.of(until(first)))
        : new Plan(List.of(new Plan.Planned(NAME, delete(first))), List.of(), Optional.of(now));
  }

  private static Instant until(VolumeView volume) {
    return volume.retention().until().orElse(Instant.MAX);
  }

  private static Step unmark(VolumeView volume) {
    return new Step.RetainVolume(
        volume.trusted().orElseThrow().member(),
        volume.uid(),
        volume.resourceVersion(),
        Optional.empty(),
        Reason.VOLUME_EXPIRES);
  }

  private static Step delete(VolumeView volume) {
    return new Step.DeleteVolume(
        volume.trusted().orElseThrow().member(),
        Optional.empty(),
        volume.uid(),
        volume.resourceVersion(),
        until(volume),
        Reason.VOLUME_EXPIRES);
  }
}
