package dev.flotilla.operator.cli;

import static dev.flotilla.operator.core.Drawing.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.cli.status.Fixtures;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.codec.VolumeRecordCodec;
import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimListBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `flotilla volumes`.
@Timeout(60)
class VolumesTest {

  private static final String CLAIMS = "/api/v1/namespaces/shop/persistentvolumeclaims";
  private static final String DATABASES =
      "/apis/flotilla.dev/v1alpha1/namespaces/shop/databaseclusters";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final PlayedApiServer server = new PlayedApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Tag("R34")
  void eachVolumeSaysWhatItIsForAndUntilWhen() {
    some(server);
    var run = new CommandRun(server::config);

    assertThat(run.run("volumes", "shop/search")).as(run.err()).isZero();

    assertThat(run.out().lines().map(line -> line.replaceAll(" {2,}", " | ")))
        .anyMatch(line ->
            line.matches("shop [|] data-search-data-a-.* [|] Bound [|] a [|] 1Gi [|] - [|] .*"))
        .anyMatch(line ->
            line.matches("shop .* [|] Retained [|] b [|] 1Gi [|] 2026-01-08T00:00:00Z [|] .*"))
        .anyMatch(line -> line.matches("shop .* [|] Retained [|] c [|] 1Gi [|] forever [|] .*"))
        .anyMatch(line -> line.matches("shop .* [|] Suspect [|] d [|] 1Gi [|] forever [|] -"));
  }

  @Test
  @Tag("R34")
  void whatADeletedDatabaseLeftIsListed() {
    some(server);
    server.answer(DATABASES + "/search", 404, "{}");
    var run = new CommandRun(server::config);

    assertThat(run.run("volumes", "shop/search")).as(run.err()).isZero();

    assertThat(run.out()).doesNotContain("Bound").contains("Retained");
  }

  static void some(PlayedApiServer server) {
    var database = Serialization.asJson(Fixtures.fine(3));
    server.answer(DATABASES + "/search", database);
    server.answer(
        DATABASES,
        """
        {"apiVersion": "flotilla.dev/v1alpha1", "kind": "DatabaseClusterList", "metadata": {},
         "items": [%s]}
        """
            .formatted(database));
    server.answer(
        CLAIMS,
        Serialization.asJson(
            new PersistentVolumeClaimListBuilder()
                .withNewMetadata()
                .endMetadata()
                .withItems(
                    claim("a", Map.of()),
                    claim(
                        "b",
                        Map.of(
                            Labels.DRAIN,
                            drained("b"),
                            Labels.RETAINED_UNTIL,
                            "2026-01-08T00:00:00Z")),
                    claim(
                        "c",
                        Map.of(
                            Labels.DRAIN,
                            drained("c"),
                            Labels.RETAINED_UNTIL,
                            "2026-01-08T00:00:00Z",
                            Labels.RETAIN,
                            "forever")),
                    claim("d", Map.of(Labels.VOLUME_RECORD, "rubbish")))
                .build()));
  }

  static void none(PlayedApiServer server) {
    server.answer(
        CLAIMS,
        Serialization.asJson(
            new PersistentVolumeClaimListBuilder().withNewMetadata().endMetadata().build()));
  }

  private static MemberRecord member(String zone) {
    var slot = new Slot(new PoolName("data"), new Zone(zone), 1);
    return MemberRecord.allocated(SEARCH, new TenantId("tenant-1"), slot, true).provisioned();
  }

  private static String drained(String zone) {
    return DrainRecordCodec.encode(
        DrainRecord.begun(
                SEARCH,
                member(zone).name(),
                new DrainRecord.Purpose.ScaleIn(),
                new DrainRecord.Beginning(new Epoch(1), new Revision(1), 1, NOW, Optional.empty()),
                new Deadline(NOW.plusSeconds(60), Deadline.OnTimeout.HOLD))
            .givenUp()
            .released()
            .ended());
  }

  private static PersistentVolumeClaim claim(String zone, Map<String, String> annotations) {
    var member = member(zone);
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withNamespace(SEARCH.namespace())
        .withName(member.volumeName())
        .withUid("uid-of-" + zone)
        .addToLabels(Map.of(Labels.CLUSTER, SEARCH.name(), Labels.ZONE, zone))
        .addToAnnotations(
            Labels.VOLUME_RECORD, VolumeRecordCodec.encode(VolumeRecord.fresh(member)))
        .addToAnnotations(annotations)
        .endMetadata()
        .withNewSpec()
        .withNewResources()
        .withRequests(Map.of("storage", new Quantity("1Gi")))
        .endResources()
        .endSpec()
        .build();
  }
}
