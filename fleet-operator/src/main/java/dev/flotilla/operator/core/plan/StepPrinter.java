package dev.flotilla.operator.core.plan;

import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.topology.model.MemberRecord;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
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
          "Commit"
              + all("members", commit.members(), StepPrinter::record)
              + all("drains", commit.drains(), it -> it.member() + ":" + it.stage());
      case Step.NoteDrain note ->
          "NoteDrain %s drain=%s"
              .formatted(
                  member(note.member()), note.drain().map(it -> it.stage().name()).orElse("none"));
      case Step.Mark mark -> "Mark member=" + mark.drain().member();
      case Step.Release release -> "Release member=" + release.drain().member();
      case Step.GiveUp giveUp -> "GiveUp member=" + giveUp.drain().member();
      case Step.Apply apply -> "Apply " + object(apply.object());
      case Step.IssueCertificate issue -> "IssueCertificate " + member(issue.member());
      case Step.CreateVolume create ->
          "CreateVolume %s size=%s class=%s"
              .formatted(member(create.member()), create.size(), create.storageClass());
      case Step.GrowVolume grow ->
          "GrowVolume %s size=%s".formatted(member(grow.member()), grow.size());
      case Step.RetainVolume retain ->
          "RetainVolume %s until=%s"
              .formatted(
                  member(retain.member()), retain.until().map(Instant::toString).orElse("none"));
      case Step.DeleteVolume delete -> "DeleteVolume " + member(delete.member());
      case Step.CreatePod create -> "CreatePod " + member(create.pod().member());
      case Step.NudgePod nudge -> "NudgePod member=" + nudge.member();
      case Step.DeletePod delete -> "DeletePod member=" + delete.member();
      case Step.RestartPod restart ->
          "RestartPod member=%s%s".formatted(restart.member(), restart.idle() ? " idle" : "");
      case Step.RecordFormation formed -> "RecordFormation engine=" + formed.engineUuid();
      case Step.StampVolume stamp -> "StampVolume " + member(stamp.member());
    };
  }

  private static String record(MemberRecord member) {
    return "%s:%s%s"
        .formatted(
            member.slot(),
            member.state(),
            member.instead().map(other -> ":instead-of-" + other).orElse(""));
  }

  private static <T> String all(String name, List<T> values, Function<T, String> word) {
    return values.isEmpty()
        ? ""
        : " %s=%s".formatted(name, values.stream().map(word).collect(Collectors.joining(",")));
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
