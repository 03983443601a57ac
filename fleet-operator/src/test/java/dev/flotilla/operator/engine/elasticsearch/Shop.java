package dev.flotilla.operator.engine.elasticsearch;

import dev.flotilla.operator.bench.Specs;
import dev.flotilla.operator.core.retention.RetentionPolicy;
import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.core.view.Resources;
import dev.flotilla.operator.core.view.Role;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/// The tenant of these tests: the cluster `search` in the namespace `shop`, over the zones a to c.
final class Shop {

  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final ClusterRef SEARCH = new ClusterRef("shop", "search");
  static final TenantId TENANT = new TenantId("5f2c7f0e");
  static final PoolName POOL = new PoolName("data");

  private Shop() {}

  static ClusterSpec spec(Map<String, String> config, boolean forcedAwareness) {
    return new ClusterSpec(
        "9.5.3",
        "flotilla.local/elasticsearch:9.5.3",
        new TreeMap<>(config),
        List.of(new Zone("a"), new Zone("b"), new Zone("c")),
        forcedAwareness,
        RetentionPolicy.KEEP,
        Specs.DRAIN,
        List.of(
            new PoolSpec(
                POOL,
                new TreeSet<>(List.of(Role.VOTER, Role.DATA)),
                OptionalInt.of(3),
                resources(),
                "1Gi",
                Optional.empty())));
  }

  static MemberRecord member(String zone) {
    return MemberRecord.allocated(SEARCH, TENANT, new Slot(POOL, new Zone(zone), 1), true);
  }

  static PodDraft pod(MemberRecord member, List<Role> roles, List<MemberName> founders) {
    return new PodDraft(
        member,
        "pool-uid",
        new PodDraft.Template(
            "9.5.3",
            "flotilla.local/elasticsearch:9.5.3",
            new TreeSet<>(roles),
            resources(),
            "0123456789"),
        founders);
  }

  private static Resources resources() {
    return Resources.of(Map.of("memory", "500Mi"), Map.of("memory", "800Mi"));
  }
}
