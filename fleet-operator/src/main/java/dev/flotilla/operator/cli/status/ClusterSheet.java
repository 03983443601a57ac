package dev.flotilla.operator.cli.status;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.crds.v1alpha1.Condition;
import dev.flotilla.crds.v1alpha1.ConditionStatus;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.crds.v1alpha1.EngineSpec;
import dev.flotilla.crds.v1alpha1.EngineStatus;
import dev.flotilla.crds.v1alpha1.StatusSummary;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `status` says of one database; every printing shows this and nothing else.
///
/// Source: UX-3, UX-14 in docs/requirements.md.
///
/// @param engine type and wanted version, such as `Elasticsearch 9.5.3`
/// @param phase a word for people; empty before the first report
/// @param ready ready and wanted members, such as `5/6`; empty before the first report
/// @param address where clients find it; empty until there is one
/// @param current whether the report is on the newest specification
/// @param findings what is not as it should be, gravest first; empty if all is well
/// @param zones in the order of the specification
/// @param members in the order of their names, at most 300
public record ClusterSheet(
    String namespace,
    String name,
    String engine,
    String phase,
    String ready,
    String address,
    boolean current,
    Verdict verdict,
    List<Finding> findings,
    List<Zone> zones,
    List<Member> members) {

  public ClusterSheet {
    findings = List.copyOf(findings);
    zones = List.copyOf(zones);
    members = List.copyOf(members);
  }

  /// Something that is not as it should be.
  ///
  /// @param condition the condition that says so
  /// @param reason a stable word of docs/reference/reasons.md
  /// @param message fact and remedy
  public record Finding(
      Verdict verdict, String condition, String reason, String message, Instant since) {}

  /// How many members a zone has.
  public record Zone(String name, int members, int ready) {}

  /// One member. What it has not yet is empty.
  public record Member(
      String name,
      String pool,
      String zone,
      String state,
      String reason,
      String node,
      String volume) {

    boolean isActive() {
      return state.equals("Active");
    }
  }

  /// The sheet of a resource as the API server has it.
  public static ClusterSheet of(DatabaseCluster cluster) {
    var status = Optional.ofNullable(cluster.getStatus());
    var meta = cluster.getMetadata();
    long generation = meta.getGeneration() == null ? 0 : meta.getGeneration();
    boolean current =
        status.filter(report -> report.observedGeneration() >= generation).isPresent();
    var findings = status.map(ClusterSheet::findings).orElse(List.of());
    var spec = cluster.getSpec();
    return new ClusterSheet(
        meta.getNamespace(),
        meta.getName(),
        engine(spec.engine()),
        status.map(DatabaseClusterStatus::phase).orElse(""),
        status.map(DatabaseClusterStatus::summary).map(StatusSummary::members).orElse(""),
        status.map(DatabaseClusterStatus::engine).map(EngineStatus::address).orElse(""),
        current,
        verdict(findings, current),
        findings,
        status.map(ClusterSheet::zones).orElse(List.of()),
        status.map(ClusterSheet::members).orElse(List.of()));
  }

  private static String engine(EngineSpec engine) {
    return switch (engine.type()) {
      case ELASTICSEARCH -> "Elasticsearch " + engine.version();
    };
  }

  /// Name with namespace, as commands take it.
  public String title() {
    return namespace + "/" + name;
  }

  /// Ready members by zone, such as `a2 b2 c1`.
  public String spread() {
    return String.join(" ", zones.stream().map(zone -> zone.name() + zone.ready()).toList());
  }

  private static Verdict verdict(List<Finding> findings, boolean current) {
    var gravest = findings.stream().map(Finding::verdict).min(Verdict::compareTo);
    if (gravest.filter(Verdict.PROBLEM::equals).isPresent()) {
      return Verdict.PROBLEM;
    }
    return current ? gravest.orElse(Verdict.FINE) : Verdict.UNKNOWN;
  }

  /// Conditions repeat each other's reasons; each reason is told once, by the first that has it.
  private static List<Finding> findings(DatabaseClusterStatus status) {
    Map<String, Finding> byReason = new LinkedHashMap<>();
    status.conditions().stream()
        .filter(ClusterSheet::isTold)
        .map(ClusterSheet::finding)
        .sorted((left, right) -> left.verdict().compareTo(right.verdict()))
        .forEach(finding -> byReason.putIfAbsent(finding.reason(), finding));
    return List.copyOf(byReason.values());
  }

  private static boolean isTold(Condition condition) {
    return type(condition)
        .map(type ->
            switch (type.polarity()) {
              case TRUE_IS_GOOD -> condition.status() != ConditionStatus.TRUE;
              case TRUE_IS_BAD -> condition.status() != ConditionStatus.FALSE;
              case NEUTRAL -> false;
            })
        .orElse(false);
  }

  private static Finding finding(Condition condition) {
    return new Finding(
        weight(condition),
        condition.type(),
        condition.reason(),
        condition.message(),
        condition.lastTransitionTime());
  }

  private static Verdict weight(Condition condition) {
    if (condition.status() == ConditionStatus.UNKNOWN) {
      return Verdict.UNKNOWN;
    }
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.id().equals(condition.reason()))
        .findFirst()
        .filter(reason -> reason.attention() != Attention.PROBLEM)
        .map(reason -> Verdict.WORKING)
        // A reason that this version does not know was written by a newer operator.
        .orElse(Verdict.PROBLEM);
  }

  private static Optional<ConditionType> type(Condition condition) {
    return Arrays.stream(ConditionType.values())
        .filter(type -> type.id().equals(condition.type()))
        .findFirst();
  }

  private static List<Zone> zones(DatabaseClusterStatus status) {
    return status.zones().stream()
        .map(zone -> new Zone(zone.name(), zone.instances(), zone.ready()))
        .toList();
  }

  private static List<Member> members(DatabaseClusterStatus status) {
    return status.members().stream()
        .map(member ->
            new Member(
                member.name(),
                member.pool(),
                member.zone(),
                member.state(),
                Optional.ofNullable(member.reason()).orElse(""),
                Optional.ofNullable(member.node()).orElse(""),
                Optional.ofNullable(member.volume()).orElse("")))
        .sorted((left, right) -> left.name().compareTo(right.name()))
        .toList();
  }
}
