package dev.flotilla.operator.kube.render;

import dev.flotilla.crds.v1alpha1.Condition;
import dev.flotilla.crds.v1alpha1.ConditionStatus;
import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.crds.v1alpha1.DatabasePoolStatus;
import dev.flotilla.crds.v1alpha1.EngineStatus;
import dev.flotilla.crds.v1alpha1.MemberStatus;
import dev.flotilla.crds.v1alpha1.StatusSummary;
import dev.flotilla.crds.v1alpha1.ZoneStatus;
import dev.flotilla.operator.core.status.StatusReport;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.PoolName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The status of a cluster and of its pools as custom resources carry it.
///
/// Statuses that differ only in times are the same; see [#same].
public final class Statuses {

  /// A resource has at most 1.5 MB; a longer list says nothing more to people.
  private static final int MAX_MEMBERS = 300;

  private final ClusterRef cluster;
  private final int clientPort;

  /// @param clientPort the port of the tenant's address
  public Statuses(ClusterRef cluster, int clientPort) {
    this.cluster = cluster;
    this.clientPort = clientPort;
  }

  /// @param before what stands there now; its transition times are kept where a status did not
  ///   change
  public DatabaseClusterStatus cluster(
      StatusReport report, Optional<DatabaseClusterStatus> before, Instant now) {
    var known = before.map(DatabaseClusterStatus::conditions).orElse(List.of());
    return new DatabaseClusterStatus(
        report.generation(),
        report.phase(),
        summary(report),
        engine(report, before),
        report.instances(),
        report.readyInstances(),
        report.zones().stream()
            .map(zone -> new ZoneStatus(zone.zone(), zone.members(), zone.ready()))
            .toList(),
        report.members().stream().limit(MAX_MEMBERS).map(Statuses::member).toList(),
        conditions(report.generation(), report.conditions(), known, now));
  }

  /// @param generation of the pool's own specification
  public DatabasePoolStatus pool(StatusReport.Pool pool, StatusReport report, long generation) {
    return new DatabasePoolStatus(
        generation,
        pool.members(),
        pool.ready(),
        selector(pool.name()),
        new StatusSummary(pool.ready() + "/" + pool.wanted(), pool.zones(), report.reason().id()),
        List.of());
  }

  /// Whether two statuses say the same, whenever it was said.
  public static boolean same(DatabaseClusterStatus left, DatabaseClusterStatus right) {
    return timeless(left).equals(timeless(right));
  }

  private static DatabaseClusterStatus timeless(DatabaseClusterStatus status) {
    return new DatabaseClusterStatus(
        status.observedGeneration(),
        status.phase(),
        status.summary(),
        status.engine(),
        status.instances(),
        status.readyInstances(),
        status.zones(),
        status.members(),
        status.conditions().stream().map(Statuses::timeless).toList());
  }

  private static Condition timeless(Condition condition) {
    return new Condition(
        condition.type(),
        condition.status(),
        condition.observedGeneration(),
        Instant.EPOCH,
        condition.reason(),
        condition.message());
  }

  private static StatusSummary summary(StatusReport report) {
    int wanted = report.pools().stream().mapToInt(StatusReport.Pool::wanted).sum();
    return new StatusSummary(
        report.readyInstances() + "/" + wanted, zones(report), report.reason().id());
  }

  /// Ready members by zone, for example `a2 b2 c1`.
  private static String zones(StatusReport report) {
    return report.zones().stream()
        .map(zone -> zone.zone() + zone.ready())
        .collect(Collectors.joining(" "));
  }

  /// The engine's uuid stays once it was written: the API server knows by it that the database
  /// holds data, also while the operator cannot look. Source: D3 in docs/requirements.md.
  private EngineStatus engine(StatusReport report, Optional<DatabaseClusterStatus> before) {
    var known = before.map(DatabaseClusterStatus::engine).map(EngineStatus::clusterUUID);
    return new EngineStatus(
        report.version().isEmpty() ? null : report.version(),
        report.engineUuid().or(() -> known).orElse(null),
        "https://%s.%s.svc:%d".formatted(report.service(), cluster.namespace(), clientPort));
  }

  private static MemberStatus member(StatusReport.Member member) {
    return new MemberStatus(
        member.name(),
        member.pool(),
        member.zone(),
        member.node().orElse(null),
        member.volume(),
        word(member.state()),
        member.reason().map(reason -> reason.id()).orElse(null));
  }

  private static String word(StatusReport.MemberPhase phase) {
    return switch (phase) {
      case ALLOCATED -> "Allocated";
      case PROVISIONING -> "Provisioning";
      case JOINING -> "Joining";
      case ACTIVE -> "Active";
      case LOST -> "Lost";
    };
  }

  /// Conditions, with the transition times of those whose status did not change.
  static List<Condition> conditions(
      long generation,
      List<StatusReport.Condition> conditions,
      List<Condition> before,
      Instant now) {
    Map<String, Condition> known = new TreeMap<>();
    before.forEach(condition -> known.put(condition.type(), condition));
    return conditions.stream()
        .map(condition -> condition(generation, condition, known, now))
        .toList();
  }

  private static Condition condition(
      long generation,
      StatusReport.Condition condition,
      Map<String, Condition> before,
      Instant now) {
    var type = condition.type().id();
    var status = status(condition.truth());
    var since =
        Optional.ofNullable(before.get(type))
            .filter(old -> old.status() == status && old.lastTransitionTime() != null)
            .map(Condition::lastTransitionTime)
            .orElse(now.truncatedTo(ChronoUnit.SECONDS));
    return new Condition(
        type, status, generation, since, condition.reason().id(), condition.message());
  }

  private static ConditionStatus status(StatusReport.Truth truth) {
    return switch (truth) {
      case TRUE -> ConditionStatus.TRUE;
      case FALSE -> ConditionStatus.FALSE;
      case UNKNOWN -> ConditionStatus.UNKNOWN;
    };
  }

  private String selector(PoolName pool) {
    return Labels.podsOf(cluster, pool).entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }
}
