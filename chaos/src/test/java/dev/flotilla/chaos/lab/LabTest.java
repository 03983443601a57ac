package dev.flotilla.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.operator.cli.output.Terminal;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the local cluster promises to those who test on it. Takes over a minute because kubelets
/// are cut off for as long as the control plane needs to believe it.
@Tag("cluster")
@ExtendWith(LocalCluster.class)
class LabTest {

  private static final String HOST = "kubernetes.io/hostname";
  private static final String ZONE = "topology.kubernetes.io/zone";

  @Test
  void aSecondUpStartsNothingAnew(Lab lab) {
    SortedMap<Long, String> before = Machine.processesIn(lab.layout().controlGroup() + "/control");

    up(lab);

    assertThat(before).hasSize(4);
    assertThat(Machine.processesIn(lab.layout().controlGroup() + "/control")).isEqualTo(before);
  }

  @Test
  void upRepairsWhatHasDied(Lab lab) {
    lab.powerOff("node-c-2");
    lab.freeze("node-b-1");
    lab.stop("kube-apiserver");
    lab.stop("etcd");

    Condition damaged = Condition.of(lab);
    up(lab);

    assertThat(damaged.exitCode()).isEqualTo(3);
    assertThat(damaged.line())
        .contains("etcd has ended", "node-c-2 is off", "node-b-1 is frozen", "./flotilla up");
    assertThat(Condition.of(lab).line()).startsWith("local cluster 0: running, Kubernetes 1.");
  }

  @Test
  void aZonalVolumeFollowsItsPodToTheOtherNodeOfTheZoneAndToNoOtherZone(Lab lab) {
    try (Scene scene = new Scene(lab, "zonal")) {
      scene.claim("data", "zonal");
      scene.pod("writer", Map.of(HOST, "node-a-1"), "echo kept > /data/file");
      scene.awaitEnd("writer");
      scene.delete("writer");
      scene.pod("reader", Map.of(HOST, "node-a-2"), "grep kept /data/file");
      scene.awaitEnd("reader");
      scene.delete("reader");

      scene.pod("stranger", Map.of(ZONE, "b"), "grep kept /data/file");

      scene.await("stranger", LabTest::isUnschedulable);
    }
  }

  @Test
  void aZonalVolumeFollowsItsPodAwayFromANodeThatIsOff(Lab lab) {
    try (Scene scene = new Scene(lab, "off")) {
      scene.claim("data", "zonal");
      scene.pod("first", Map.of(HOST, "node-b-1"), "echo kept > /data/file; sleep 600");
      scene.await("first", pod -> "Running".equals(pod.getStatus().getPhase()));
      lab.powerOff("node-b-1");
      assertThat(lab.power("node-b-1")).isEqualTo(Lab.Power.OFF);
      awaitReady(scene.client(), "node-b-1", "Unknown");

      scene.pod("first").withGracePeriod(0).delete();
      scene.pod("second", Map.of(HOST, "node-b-2"), "grep kept /data/file");

      scene.awaitEnd("second");
      lab.powerOn("node-b-1");
      awaitReady(scene.client(), "node-b-1", "True");
    }
  }

  @Test
  void aLocalVolumeStaysOnItsNode(Lab lab) {
    try (Scene scene = new Scene(lab, "local")) {
      scene.claim("data", "local");
      scene.pod("writer", Map.of(HOST, "node-a-1"), "echo kept > /data/file");
      scene.awaitEnd("writer");
      scene.delete("writer");

      scene.pod("stranger", Map.of(HOST, "node-a-2"), "grep kept /data/file");

      scene.await("stranger", LabTest::isUnschedulable);
    }
  }

  @Test
  void aVolumeGrowsAndGoesWithItsClaim(Lab lab) throws IOException {
    Path zone = lab.folder().resolve("volumes/zone-c");
    try (Scene scene = new Scene(lab, "grow")) {
      scene.claim("data", "zonal");
      scene.pod("holder", Map.of(ZONE, "c"), "sleep 600");
      scene.await("holder", pod -> "Running".equals(pod.getStatus().getPhase()));

      scene
          .claim("data")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"2Gi\"}}}}");

      var grown =
          scene
              .claim("data")
              .waitUntilCondition(
                  claim ->
                      new Quantity("2Gi").equals(claim.getStatus().getCapacity().get("storage")),
                  30,
                  TimeUnit.SECONDS);
      String volume = grown.getSpec().getVolumeName();
      assertThat(zone.resolve(volume)).isDirectory();
      scene.delete("holder");
      scene.claim("data").delete();
      scene
          .client()
          .persistentVolumes()
          .withName(volume)
          .waitUntilCondition(found -> found == null, 30, TimeUnit.SECONDS);
      try (Stream<Path> volumes = Files.list(zone)) {
        assertThat(volumes.map(path -> path.getFileName().toString())).doesNotContain(volume);
      }
    }
  }

  @Test
  void podsFindServicesByNameAlsoWhenAServerIsOnTheirOwnNode(Lab lab) {
    try (Scene scene = new Scene(lab, "names")) {
      scene.claim("data", "zonal");
      // The API server by its service address; then the DNS servers one by one, by name.
      String ask =
          "nslookup kubernetes.default.svc.cluster.local && nc -w 3 198.19.0.1 443 < /dev/null";
      for (Layout.Node node : lab.layout().nodes().subList(0, 2)) {
        scene.pod("asks-" + node.name(), Map.of(HOST, node.name()), ask);
        scene.awaitEnd("asks-" + node.name());
        scene.delete("asks-" + node.name());
      }
    }
  }

  @Test
  void namesAreAnsweredOnceUpHasRepairedTheNodesOfAllDnsServers(Lab lab) {
    try (Scene scene = new Scene(lab, "repaired")) {
      scene.claim("data", "zonal");
      scene.nodesOf("kube-system", "k8s-app", "kube-dns").forEach(lab::powerOff);

      up(lab);

      scene.pod("asks", Map.of(ZONE, "a"), "nslookup kubernetes.default.svc.cluster.local");
      scene.awaitEnd("asks");
    }
  }

  @Test
  void aZoneThatIsCutOffIsLostUntilItIsHealed(Lab lab) {
    try (KubernetesClient client = lab.client()) {
      lab.cutZone("c");
      awaitReady(client, "node-c-1", "Unknown");
      awaitReady(client, "node-c-2", "Unknown");

      lab.healZone("c");

      awaitReady(client, "node-c-1", "True");
      awaitReady(client, "node-c-2", "True");
    }
  }

  private static void up(Lab lab) {
    Progress progress = Progress.on(System.err, Terminal.none());
    Lab unused =
        new Clusters(Places.ofThisMachine(System.getenv()), System.getenv())
            .up(lab.layout().spec(), progress);
  }

  private static void awaitReady(KubernetesClient client, String node, String status) {
    client
        .nodes()
        .withName(node)
        .waitUntilCondition(
            found ->
                found.getStatus().getConditions().stream()
                    .anyMatch(condition ->
                        condition.getType().equals("Ready")
                            && condition.getStatus().equals(status)),
            90,
            TimeUnit.SECONDS);
  }

  private static boolean isUnschedulable(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(condition ->
            condition.getType().equals("PodScheduled")
                && "Unschedulable".equals(condition.getReason())
                && condition.getMessage().contains("PersistentVolume"));
  }
}
