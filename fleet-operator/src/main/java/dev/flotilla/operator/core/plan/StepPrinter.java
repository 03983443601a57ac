package dev.flotilla.operator.core.plan;

import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.topology.model.MemberRecord;
import java.util.stream.Collectors;

/// A step as one line of a plan.
final class StepPrinter {

  private StepPrinter() {}

  static String print(Step step) {
    return what(step) + " reason=" + step.reason().id();
  }

  private static String what(Step step) {
    return switch (step) {
      case Step.FoundTenant found -> "FoundTenant";
      case Step.Commit commit ->
          "Commit members="
              + commit.members().stream()
                  .map(member -> member.slot() + ":" + member.state())
                  .collect(Collectors.joining(","));
      case Step.Apply apply -> "Apply " + object(apply.object());
      case Step.IssueCertificate issue -> "IssueCertificate " + member(issue.member());
      case Step.CreateVolume create ->
          "CreateVolume %s size=%s class=%s"
              .formatted(member(create.member()), create.size(), create.storageClass());
      case Step.GrowVolume grow ->
          "GrowVolume %s size=%s".formatted(member(grow.member()), grow.size());
      case Step.CreatePod create -> "CreatePod " + member(create.pod().member());
      case Step.NudgePod nudge -> "NudgePod member=" + nudge.member();
      case Step.DeletePod delete -> "DeletePod member=" + delete.member();
      case Step.RecordFormation formed -> "RecordFormation engine=" + formed.engineUuid();
      case Step.StampVolume stamp -> "StampVolume " + member(stamp.member());
    };
  }

  private static String object(KeptObject object) {
    return switch (object) {
      case KeptObject.Pool pool ->
          "Pool pool=%s instances=%d".formatted(pool.pool(), pool.instances());
      case KeptObject.Config config -> "Config files=" + String.join(",", config.files().keySet());
      case KeptObject.Seeds seeds -> "Seeds addresses=" + seeds.addresses().size();
      case KeptObject.ClientService service -> "ClientService";
      case KeptObject.Endpoints published ->
          "Endpoints ready=%d of=%d"
              .formatted(
                  published.endpoints().stream().filter(KeptObject.Endpoint::ready).count(),
                  published.endpoints().size());
      case KeptObject.Budget budget ->
          "Budget pool=%s maxUnavailable=%d".formatted(budget.pool(), budget.maxUnavailable());
    };
  }

  private static String member(MemberRecord member) {
    return "member=%s zone=%s".formatted(member.name(), member.zone());
  }
}
