package dev.flotilla.operator.core.status;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.topology.model.PoolName;
import java.util.List;
import java.util.Optional;

/// Everything that status says of one cluster. Comparable by equals, so that what says the same is
/// not written again.
///
/// @param generation of the specification that was looked at
/// @param phase one word for people; nothing is decided by it
/// @param reason of the gravest thing that is the case
/// @param conditions one for each [ConditionType], in their order
/// @param zones in the order of the specification
/// @param members by name
/// @param engineUuid empty until the engine was formed
/// @param service name of the tenant's own address
public record StatusReport(
    long generation,
    String phase,
    Reason reason,
    List<Condition> conditions,
    List<ZoneCount> zones,
    List<Member> members,
    List<Pool> pools,
    String version,
    Optional<String> engineUuid,
    String service) {

  public StatusReport {
    conditions = List.copyOf(conditions);
    zones = List.copyOf(zones);
    members = List.copyOf(members);
    pools = List.copyOf(pools);
  }

  /// @param message at most 1 KiB: subject, fact, act
  public record Condition(ConditionType type, Truth truth, Reason reason, String message) {}

  /// What is known of a condition.
  public enum Truth {
    TRUE,
    FALSE,
    UNKNOWN
  }

  /// @param ready members whose pod is ready
  public record ZoneCount(String zone, int members, int ready) {}

  /// @param state how far it is, such as `Active`
  /// @param node empty while it has none
  /// @param reason why it is not Active; empty if it is
  public record Member(
      String name,
      String pool,
      String zone,
      Optional<String> node,
      String volume,
      MemberPhase state,
      Optional<Reason> reason) {}

  /// How far a member is, as seen now. Source: the member life cycle in ARCHITECTURE.md.
  public enum MemberPhase {
    /// It has a name and no volume yet.
    ALLOCATED,
    /// Its volume or pod is being made.
    PROVISIONING,
    /// Its pod runs; the engine does not count it yet.
    JOINING,
    /// The engine counts it.
    ACTIVE,
    /// Its pod or volume is gone, or its node is silent.
    LOST
  }

  /// @param wanted members that it shall have
  public record Pool(PoolName name, int wanted, int members, int ready, String zones) {}

  /// The report when nothing could be looked at, and nothing is changed.
  ///
  /// @param reason why
  /// @param message subject, fact and the act that ends it
  public static StatusReport blind(long generation, Reason reason, String message, String service) {
    return new StatusReport(
        generation,
        reason.attention() == Attention.PROBLEM ? "Blocked" : "Unknown",
        reason,
        Conditions.blind(reason, message),
        List.of(),
        List.of(),
        List.of(),
        "",
        Optional.empty(),
        service);
  }

  public Condition condition(ConditionType type) {
    return conditions.stream()
        .filter(condition -> condition.type() == type)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("every condition is reported: " + type));
  }

  public int instances() {
    return members.size();
  }

  public int readyInstances() {
    return zones.stream().mapToInt(ZoneCount::ready).sum();
  }
}
