package dev.flotilla.crds.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.v1alpha1.drain.DrainSpec;
import dev.flotilla.crds.v1alpha1.fleet.FleetPolicy;
import dev.flotilla.crds.v1alpha1.fleet.FleetPolicySpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How the resources read and print as YAML.
final class WireFormTest {

  private final KubernetesSerialization yaml = new KubernetesSerialization();

  @Test
  void theSampleReadsAsWritten() throws IOException {
    List<Object> objects =
        yaml.unmarshal(Files.newInputStream(Path.of("../samples/shop-search.yaml")));

    var search = (DatabaseCluster) objects.getLast();
    assertThat(search.getMetadata().getName()).isEqualTo("search");
    assertThat(search.getSpec())
        .isEqualTo(
            new DatabaseClusterSpec(
                new EngineSpec(EngineType.ELASTICSEARCH, "9.5.3", null, Map.of()),
                new TopologySpec(List.of("a", "b", "c"), Awareness.FORCED),
                List.of(
                    new PoolSpec(
                        "data",
                        List.of(PoolRole.VOTER, PoolRole.DATA),
                        3,
                        new ResourcesSpec(
                            new ComputeSpec("50m", "500Mi"), new ComputeSpec(null, "800Mi")),
                        new StorageSpec("1Gi", null))),
                null,
                DrainSpec.BUILT_IN));
  }

  @Test
  void theSampledPolicyIsWhatHoldsWithoutOne() throws IOException {
    FleetPolicy policy =
        yaml.unmarshal(Files.newInputStream(Path.of("../samples/fleet-policy.yaml")));

    assertThat(policy.getMetadata().getName()).isEqualTo(FleetPolicy.NAME);
    assertThat(policy.getSpec()).isEqualTo(FleetPolicySpec.BUILT_IN);
  }

  /// An object may have been stored before a rule existed, or by a newer version.
  @Test
  void anObjectWithGapsAndUnknownFieldsIsReadWithoutAFault() {
    var read =
        yaml.unmarshal(
            """
            apiVersion: flotilla.dev/v1alpha1
            kind: DatabaseCluster
            metadata: {name: search}
            spec:
              engine: {later: 1}
              pools: [{name: data}]
            status:
              later: {deep: [1]}
            """,
            DatabaseCluster.class);

    assertThat(read.getSpec().engine().version()).isEmpty();
    assertThat(read.getSpec().topology().zones()).isEmpty();
    assertThat(read.getSpec().pools()).extracting(PoolSpec::name).containsExactly("data");
    assertThat(read.getStatus().conditions()).isEmpty();
  }

  @Test
  void statusPrintsWhatIsKnownAndNothingElse() {
    var pool = new DatabasePool();
    pool.setMetadata(new ObjectMetaBuilder().withName("search-data").build());
    pool.setStatus(
        new DatabasePoolStatus(
            2,
            3,
            0,
            "flotilla.dev/cluster=search",
            null,
            List.of(
                new Condition(
                    "Ready",
                    ConditionStatus.FALSE,
                    2,
                    Instant.parse("2026-11-21T10:00:00Z"),
                    "Joining",
                    "None of 3 members has joined."))));

    assertThat(yaml.asYaml(pool))
        .isEqualToNormalizingNewlines(
            """
            ---
            apiVersion: "flotilla.dev/v1alpha1"
            kind: "DatabasePool"
            metadata:
              name: "search-data"
            status:
              observedGeneration: 2
              instances: 3
              readyInstances: 0
              selector: "flotilla.dev/cluster=search"
              conditions:
              - type: "Ready"
                status: "False"
                observedGeneration: 2
                lastTransitionTime: "2026-11-21T10:00:00Z"
                reason: "Joining"
                message: "None of 3 members has joined."
            """);
    assertThat(yaml.unmarshal(yaml.asYaml(pool), DatabasePool.class).getStatus())
        .isEqualTo(pool.getStatus());
  }
}
