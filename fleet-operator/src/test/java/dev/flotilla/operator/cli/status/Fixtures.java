package dev.flotilla.operator.cli.status;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Polarity;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.crds.v1alpha1.Awareness;
import dev.flotilla.crds.v1alpha1.Condition;
import dev.flotilla.crds.v1alpha1.ConditionStatus;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabaseClusterSpec;
import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.crds.v1alpha1.EngineSpec;
import dev.flotilla.crds.v1alpha1.EngineStatus;
import dev.flotilla.crds.v1alpha1.EngineType;
import dev.flotilla.crds.v1alpha1.MemberStatus;
import dev.flotilla.crds.v1alpha1.StatusSummary;
import dev.flotilla.crds.v1alpha1.TopologySpec;
import dev.flotilla.crds.v1alpha1.ZoneStatus;
import dev.flotilla.crds.v1alpha1.drain.DrainSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/// Resources as the operator reports on them.
public final class Fixtures {

  public static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  public static final Instant NOW = THEN.plusSeconds(130);

  private static final List<String> ZONES = List.of("a", "b", "c");

  private Fixtures() {}

  /// A database of so many members, spread over three zones, all of them active.
  public static DatabaseCluster fine(int members) {
    return cluster(members(members), conditions(Optional.empty(), ""));
  }

  /// The same, with one member on a silent node.
  public static DatabaseCluster withSilentNode(int members, String message) {
    var all = new ArrayList<>(members(members));
    var lost = all.removeFirst();
    all.addFirst(
        new MemberStatus(
            lost.name(),
            lost.pool(),
            lost.zone(),
            lost.node(),
            lost.volume(),
            "Lost",
            Reason.NODE_UNKNOWN.id()));
    return cluster(all, conditions(Optional.of(Reason.NODE_UNKNOWN), message));
  }

  /// The same, with members that are still joining.
  public static DatabaseCluster growing(int members) {
    var all =
        members(members).stream()
            .map(member ->
                new MemberStatus(
                    member.name(),
                    member.pool(),
                    member.zone(),
                    member.node(),
                    member.volume(),
                    "Joining",
                    Reason.JOINING.id()))
            .toList();
    return cluster(all, conditions(Optional.of(Reason.JOINING), "0 of 3 members are active."));
  }

  /// A member that serves, in the zone that its name says.
  public static MemberStatus member(String name) {
    var zone = name.replaceAll(".*-(.)-[^-]*", "$1");
    return new MemberStatus(
        name, "data", zone, "node-" + zone + "-1", "data-" + name, "Active", null);
  }

  /// Nobody has reported on it.
  public static DatabaseCluster unseen() {
    var cluster = fine(0);
    cluster.setStatus(null);
    return cluster;
  }

  public static DatabaseCluster cluster(List<MemberStatus> members, List<Condition> conditions) {
    var cluster = new DatabaseCluster();
    cluster.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("search")
            .withGeneration(1L)
            .build());
    cluster.setSpec(
        new DatabaseClusterSpec(
            new EngineSpec(EngineType.ELASTICSEARCH, "9.5.3", null, Map.of()),
            new TopologySpec(ZONES, Awareness.FORCED),
            List.of(),
            null,
            DrainSpec.BUILT_IN));
    int ready = (int) members.stream().filter(member -> member.reason() == null).count();
    var zones = ZONES.stream().map(zone -> zone(zone, members)).toList();
    cluster.setStatus(
        new DatabaseClusterStatus(
            1,
            ready == members.size() ? "Ready" : "Degraded",
            new StatusSummary(ready + "/" + members.size(), "", "AsWanted"),
            new EngineStatus("9.5.3", "u-1", "https://search.shop.svc:9200"),
            members.size(),
            ready,
            zones,
            members,
            conditions));
    return cluster;
  }

  private static ZoneStatus zone(String zone, List<MemberStatus> members) {
    var here = members.stream().filter(member -> member.zone().equals(zone)).toList();
    return new ZoneStatus(
        zone,
        here.size(),
        (int) here.stream().filter(member -> Objects.isNull(member.reason())).count());
  }

  private static List<MemberStatus> members(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> {
          var zone = ZONES.get(number % ZONES.size());
          var name = "search-data-%s-%06d".formatted(zone, number);
          return new MemberStatus(
              name, "data", zone, "node-" + zone + "-1", "data-" + name, "Active", null);
        })
        .toList();
  }

  /// All conditions; with a reason, those that it spoils.
  public static List<Condition> conditions(Optional<Reason> reason, String message) {
    return Arrays.stream(ConditionType.values())
        .map(type -> {
          boolean good = type.polarity() == Polarity.TRUE_IS_GOOD;
          boolean spoilt =
              reason.isPresent()
                  && switch (type) {
                    case READY, SETTLED -> true;
                    case STALLED -> reason.get() == Reason.NODE_UNKNOWN;
                    default -> false;
                  };
          return new Condition(
              type.id(),
              good == spoilt ? ConditionStatus.FALSE : ConditionStatus.TRUE,
              1,
              THEN,
              spoilt ? reason.get().id() : Reason.AS_WANTED.id(),
              spoilt ? message : "As wanted.");
        })
        .toList();
  }
}
