package dev.flotilla.operator.core.volume;

import dev.flotilla.operator.core.step.Step;
import java.util.Optional;

/// What people are told of volumes that no member uses any more.
public final class VolumeNews {

  private VolumeNews() {}

  /// @param step that was done
  public static Optional<String> of(Step step) {
    return switch (step) {
      case Step.RetainVolume(var member, var uid, var version, var until, var reason) ->
          Optional.of(
              until
                  .map(time ->
                      "Volume claim %s is kept until %s and deleted then, unless somebody sets its annotation flotilla.dev/retain to forever."
                          .formatted(member.volumeName(), time))
                  .orElseGet(
                      () -> "Volume claim %s is kept after all.".formatted(member.volumeName())));
      case Step.DeleteVolume(var member, var owner, var uid, var version, var until, var reason) ->
          Optional.of(
              "Volume claim %s was deleted: it was to be kept until %s."
                  .formatted(member.volumeName(), until));
      default -> Optional.empty();
    };
  }
}
