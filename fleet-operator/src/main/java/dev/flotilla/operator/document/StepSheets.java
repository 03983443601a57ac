package dev.flotilla.operator.document;

import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.plan.Forecast;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.step.StepType;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.document.PlannedStep.Act;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.DrainState;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.MemberState;
import dev.flotilla.topology.model.PoolName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Steps in words.
final class StepSheets {

  private final ClusterView view;
  private final ClusterView after;
  private final Set<String> applied = new LinkedHashSet<>();

  private StepSheets(ClusterView view, ClusterView after) {
    this.view = view;
    this.after = after;
  }

  static List<PlannedStep> of(ClusterView view, Forecast forecast) {
    var words = new StepSheets(view, forecast.after());
    var sheets = new ArrayList<PlannedStep>();
    for (Plan.Planned planned : forecast.steps()) {
      sheets.add(words.sheet(sheets.size() + 1, planned));
    }
    return sheets;
  }

  /// What is said of a step beside its kind, reason and rule.
  ///
  /// @param member the member that it is about
  /// @param pool the pool that it is about, if it is about no member
  private record Words(
      Act act, String object, Optional<MemberName> member, Optional<PoolName> pool, String detail) {

    static Words of(Act act, String object, MemberName member, String detail) {
      return new Words(act, object, Optional.of(member), Optional.empty(), detail);
    }

    static Words of(Act act, String object, String detail) {
      return new Words(act, object, Optional.empty(), Optional.empty(), detail);
    }
  }

  private PlannedStep sheet(int number, Plan.Planned planned) {
    var step = planned.step();
    var words = words(step);
    var member = words.member().flatMap(after::member).map(MemberView::record);
    return new PlannedStep(
        number,
        words.act(),
        StepType.of(step).id(),
        words.object(),
        member.map(this::name).orElse(""),
        member.map(MemberRecord::pool).or(words::pool).map(PoolName::value).orElse(""),
        member.map(record -> record.zone().name()).orElse(""),
        step.reason().id(),
        planned.rule(),
        words.detail());
  }

  /// Names follow from the tenant, and a tenant's identity is given when it is created.
  private String name(MemberRecord record) {
    boolean given = view.tenant().known().flatMap(tenant -> tenant).isPresent();
    return given || view.identity().exists() ? record.name().value() : record.slot().toString();
  }

  private Words words(Step step) {
    return switch (step) {
      case Step.FoundTenant found ->
          Words.of(Act.CREATE, "tenant's Secret", "identity, authority and log-ins");
      case Step.Commit commit when commit.members().isEmpty() -> drains(commit.drains());
      case Step.Commit commit -> committed(commit.members());
      case Step.NoteDrain note ->
          Words.of(
              Act.CHANGE,
              "volume",
              note.member().name(),
              note.drain().isPresent() ? "says that its member is drained" : "says so no more");
      case Step.Mark mark ->
          Words.of(Act.CHANGE, "engine", mark.drain().member(), "moves its data to others");
      case Step.Release release ->
          Words.of(
              Act.CHANGE,
              "engine",
              release.drain().member(),
              release.drain().purpose() instanceof DrainRecord.Purpose.Reclaim reclaim
                  ? "entry %s of %s is taken away".formatted(reclaim.entry(), reclaim.setting())
                  : "is not kept empty any more");
      case Step.GiveUp giveUp ->
          Words.of(Act.CHANGE, "record", giveUp.drain().member(), "is given up, being empty");
      case Step.Apply(var object, var reason) -> applied(object);
      case Step.IssueCertificate issue ->
          Words.of(
              view.member(issue.member().name()).flatMap(MemberView::certificateExpires).isPresent()
                  ? Act.CHANGE
                  : Act.CREATE,
              "certificate",
              issue.member().name(),
              "");
      case Step.CreateVolume create ->
          Words.of(
              Act.CREATE,
              "volume",
              create.member().name(),
              "%s, class %s".formatted(create.size(), create.storageClass()));
      case Step.GrowVolume grow ->
          Words.of(Act.CHANGE, "volume", grow.member().name(), "grows to " + grow.size());
      case Step.RetainVolume retain ->
          Words.of(
              Act.CHANGE,
              "volume",
              retain.member().name(),
              retain
                  .until()
                  .map(until -> "is kept until " + until + ", and deleted then")
                  .orElse("is kept"));
      case Step.DeleteVolume delete ->
          Words.of(
              Act.REMOVE,
              "volume",
              delete.member().name(),
              "it was kept until " + delete.until() + "; its data is lost");
      case Step.CreatePod create -> Words.of(Act.CREATE, "pod", create.pod().member().name(), "");
      case Step.NudgePod nudge ->
          Words.of(Act.CHANGE, "pod", nudge.member(), "made to read the seed addresses");
      case Step.DeletePod delete ->
          Words.of(Act.REMOVE, "pod", delete.member(), "its volume stays");
      case Step.RestartPod restart ->
          Words.of(Act.REMOVE, "pod", restart.member(), "made anew on its volume");
      case Step.RecordFormation formed ->
          Words.of(Act.CHANGE, "tenant's Secret", "formed as " + formed.engineUuid());
      case Step.StampVolume stamp ->
          Words.of(Act.CHANGE, "volume", stamp.member().name(), "written by " + stamp.engineUuid());
    };
  }

  private Words drains(List<DrainRecord> drains) {
    var stages =
        drains.stream().map(StepSheets::stage).distinct().collect(Collectors.joining(", "));
    return drains.size() == 1
        ? Words.of(Act.CHANGE, "record", drains.getFirst().member(), stages)
        : Words.of(Act.CHANGE, "record", count(drains.size(), "member") + ": " + stages);
  }

  private static String stage(DrainRecord drain) {
    var stage = drain.stage().name().toLowerCase(Locale.ROOT);
    var deadline = drain.deadline();
    return switch (drain.state()) {
      case DrainState.Running running ->
          "%s until %s, then %s"
              .formatted(
                  stage,
                  deadline.at(),
                  switch (deadline.then()) {
                    case HOLD -> "held";
                    case CANCEL -> "taken back";
                  });
      case DrainState.Cancelling cancelling -> stage;
      case DrainState.Removing removing -> stage;
      case DrainState.Ended ended -> stage;
    };
  }

  private Words committed(List<MemberRecord> records) {
    boolean isNew = records.stream().allMatch(record -> record.state() == MemberState.ALLOCATED);
    var zones = new TreeMap<String, Integer>();
    records.forEach(record -> zones.merge(record.zone().name(), 1, Integer::sum));
    var spread =
        zones.entrySet().stream()
            .map(zone -> zone.getKey() + zone.getValue())
            .collect(Collectors.joining(" "));
    var count = count(records.size(), "member");
    return isNew
        ? Words.of(Act.CREATE, "record", "%s: %s".formatted(count, spread))
        : Words.of(Act.CHANGE, "record", "%s with volumes: %s".formatted(count, spread));
  }

  private Words applied(KeptObject object) {
    var standing = view.standing();
    return switch (object) {
      case KeptObject.Pool pool -> pool(pool);
      case KeptObject.Config config ->
          Words.of(
              act("config", standing.config().isPresent()),
              "settings",
              String.join(", ", config.files().keySet()));
      case KeptObject.Seeds seeds ->
          Words.of(
              act("seeds", standing.seeds().isPresent()),
              "seed addresses",
              count(seeds.addresses().size(), "address"));
      case KeptObject.ClientService service ->
          Words.of(act("service", standing.service().isPresent()), "service", "");
      case KeptObject.Endpoints endpoints ->
          Words.of(
              act("endpoints", standing.endpoints().isPresent()),
              "endpoints",
              "%d of %d ready"
                  .formatted(
                      endpoints.endpoints().stream().filter(KeptObject.Endpoint::ready).count(),
                      endpoints.endpoints().size()));
      case KeptObject.Budget budget ->
          new Words(
              act("budget " + budget.pool(), standing.budgets().containsKey(budget.pool())),
              "disruption budget",
              Optional.empty(),
              Optional.of(budget.pool()),
              budget.maxUnavailable() + " at a time");
    };
  }

  private Words pool(KeptObject.Pool pool) {
    var before = Optional.ofNullable(view.pools().get(pool.pool()));
    var members = count(pool.instances(), "member");
    return new Words(
        act("pool " + pool.pool(), before.isPresent()),
        "pool",
        Optional.empty(),
        Optional.of(pool.pool()),
        before.map(live -> live.instances() + " to " + members).orElse(members));
  }

  /// An object that is applied a second time exists by then.
  private Act act(String key, boolean existed) {
    return applied.add(key) && !existed ? Act.CREATE : Act.CHANGE;
  }

  private static String count(int number, String what) {
    if (number == 1) {
      return "1 " + what;
    }
    return number + " " + what + (what.endsWith("s") ? "es" : "s");
  }
}
