package dev.flotilla.operator.core.effect;

import dev.flotilla.operator.core.step.Step;
import dev.flotilla.topology.model.MemberState;

/// Which steps add a member, as opposed to keeping one that exists.
public final class Growth {

  private Growth() {}

  public static boolean isGrowth(Step step) {
    return switch (step) {
      case Step.Commit commit ->
          commit.members().stream().anyMatch(member -> member.state() == MemberState.ALLOCATED);
      case Step.CreateVolume volume -> true;
      case Step.GrowVolume grow -> false;
      case Step.RetainVolume retain -> false;
      case Step.DeleteVolume delete -> false;
      case Step.NoteDrain note -> false;
      case Step.Mark mark -> false;
      case Step.Release release -> false;
      case Step.GiveUp giveUp -> false;
      case Step.CreatePod pod -> false;
      case Step.FoundTenant found -> false;
      case Step.NudgePod nudge -> false;
      case Step.Apply apply -> false;
      case Step.IssueCertificate issue -> false;
      case Step.DeletePod delete -> false;
      case Step.RestartPod restart -> false;
      case Step.RecordFormation formed -> false;
      case Step.StampVolume stamp -> false;
    };
  }
}
