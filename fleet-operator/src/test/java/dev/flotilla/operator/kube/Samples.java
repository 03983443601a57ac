package dev.flotilla.operator.kube;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.status.StatusReport;
import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.Resources;
import dev.flotilla.operator.core.view.Role;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Records to make objects of: one small cluster, `shop/search`.
public final class Samples {

  public static final ClusterRef CLUSTER = new ClusterRef("shop", "search");
  public static final PoolName POOL = new PoolName("data");
  public static final String CLUSTER_UID = "0f6c6f4e-0001-4000-8000-000000000001";
  public static final String POOL_UID = "0f6c6f4e-0002-4000-8000-000000000002";

  private Samples() {}

  public static MemberRecord member(String zone) {
    return MemberRecord.allocated(
        CLUSTER, new TenantId(CLUSTER_UID), new Slot(POOL, new Zone(zone), 1), true);
  }

  public static PodDraft pod(String zone) {
    var member = member(zone);
    return new PodDraft(
        member,
        POOL_UID,
        new PodDraft.Template(
            "9.5.3",
            "flotilla.local/elasticsearch:9.5.3",
            new TreeSet<>(List.of(Role.VOTER, Role.DATA)),
            Resources.of(Map.of("cpu", "50m", "memory", "500Mi"), Map.of("memory", "800Mi")),
            "0123456789"),
        List.of(member.name()));
  }

  public static Step.CreateVolume volume(String zone) {
    return new Step.CreateVolume(member(zone), "1Gi", "zonal", Reason.CREATING);
  }

  public static KeptObject.Pool pool() {
    return new KeptObject.Pool(POOL, 3);
  }

  public static KeptObject.Config config() {
    var files = new TreeMap<String, String>();
    files.put("engine.yml", "cluster: search\n");
    files.put("prepare.sh", "#!/bin/bash\ncp -r /a /b\n");
    return new KeptObject.Config(files);
  }

  public static KeptObject.Seeds seeds() {
    return new KeptObject.Seeds(new TreeSet<>(List.of("10.1.0.7", "10.2.0.8")));
  }

  public static KeptObject.Endpoints endpoints() {
    return new KeptObject.Endpoints(
        List.of(
            endpoint("a", "10.1.0.7", true, Optional.empty()),
            endpoint("b", "10.2.0.8", false, Optional.empty()),
            endpoint("c", "10.3.0.9", true, Optional.of(Instant.parse("2026-01-01T00:00:00Z")))));
  }

  private static KeptObject.Endpoint endpoint(
      String zone, String ip, boolean serving, Optional<Instant> leaving) {
    return new KeptObject.Endpoint(
        member(zone).name(), ip, "node-%s1".formatted(zone), new Zone(zone), serving, leaving);
  }

  public static KeptObject.Budget budget() {
    return new KeptObject.Budget(POOL, 1);
  }

  public static List<KeptObject> kept() {
    return List.of(
        pool(), config(), seeds(), new KeptObject.ClientService(), endpoints(), budget());
  }

  public static StatusReport report(String message) {
    return new StatusReport(
        3,
        "Running",
        Reason.AS_WANTED,
        Arrays.stream(ConditionType.values())
            .map(type ->
                new StatusReport.Condition(
                    type, StatusReport.Truth.TRUE, Reason.AS_WANTED, message))
            .toList(),
        List.of(new StatusReport.ZoneCount("a", 1, 1), new StatusReport.ZoneCount("b", 1, 0)),
        List.of(
            new StatusReport.Member(
                member("a").name().value(),
                "data",
                "a",
                Optional.of("node-a1"),
                member("a").volumeName(),
                StatusReport.MemberPhase.ACTIVE,
                Optional.empty()),
            new StatusReport.Member(
                member("b").name().value(),
                "data",
                "b",
                Optional.empty(),
                member("b").volumeName(),
                StatusReport.MemberPhase.LOST,
                Optional.of(Reason.NODE_UNKNOWN))),
        List.of(new StatusReport.Pool(POOL, 3, 2, 1, "a1 b0")),
        "9.5.3",
        Optional.of("uuid-of-the-engine"),
        "search");
  }
}
