package dev.flotilla.operator.core.effect;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.topology.model.Epoch;

/// What an operator may do on its authority, as kinds of steps.
///
/// Source: docs/adr/0028-a-store-that-may-be-wrong.md
public enum Errands {
  /// Everything.
  ALL,
  /// What keeps recorded members running and reachable, and can be done again.
  CARE,
  /// Pods of members that are recorded.
  BODIES,
  NOTHING;

  public static Errands of(Reason reason) {
    return reason == Reason.STORE_HALTED ? BODIES : CARE;
  }

  /// What an operator may still do of what it decided under an epoch.
  public static Errands of(Authority authority, Epoch epoch) {
    return switch (authority) {
      case Authority.Acting(var current) when current.equals(epoch) -> ALL;
      case Authority.Minding(var current, var reason, var why) when current.equals(epoch) ->
          of(reason);
      case Authority.Acting another -> NOTHING;
      case Authority.Minding another -> NOTHING;
      case Authority.NotActing nobody -> NOTHING;
    };
  }

  /// Whether a step is one of them.
  public boolean contains(Step step) {
    return switch (this) {
      case ALL -> true;
      case CARE ->
          step instanceof Step.CreatePod
              || step instanceof Step.Apply
              || step instanceof Step.IssueCertificate
              || step instanceof Step.NudgePod;
      case BODIES -> step instanceof Step.CreatePod;
      case NOTHING -> false;
    };
  }
}
