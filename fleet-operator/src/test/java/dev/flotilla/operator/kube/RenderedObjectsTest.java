package dev.flotilla.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabasePool;
import dev.flotilla.operator.kube.render.Claims;
import dev.flotilla.operator.kube.render.KeptObjects;
import dev.flotilla.operator.kube.render.Pods;
import dev.flotilla.operator.kube.render.Secrets;
import dev.flotilla.operator.kube.render.Statuses;
import dev.flotilla.operator.port.MemberCertificate;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.TenantId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every object that the operator makes, as YAML beside this test.
///
/// Run with `-Dflotilla.generate=true` to write the files anew; then read the difference.
class RenderedObjectsTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "rendered");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final SampleEngine ENGINE = new SampleEngine();

  @TestFactory
  Stream<DynamicTest> looksAsBefore() {
    return all().entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getKey(), entry.getValue())));
  }

  @Test
  @Tag("PP-5")
  void noneIsAStatefulSet() {
    assertThat(all().values())
        .extracting(HasMetadata::getKind)
        .contains("Pod", "PersistentVolumeClaim")
        .doesNotContain("StatefulSet");
  }

  /// Volumes and the tenant's Secret outlive the resource that they were made for, because nobody
  /// owns them.
  @Test
  @Tag("D15")
  void whatIsNeededToReadTheDataHasNoOwner() {
    var all = all();
    assertThat(all.get("claim").getMetadata().getOwnerReferences()).isEmpty();
    assertThat(all.get("secret-tenant").getMetadata().getOwnerReferences()).isEmpty();
    assertThat(all.get("pod").getMetadata().getOwnerReferences()).hasSize(1);
  }

  /// The key of the tenant's certificate authority signs anybody into the cluster.
  @Test
  void noPodMountsTheKeyOfTheAuthority() {
    var pod = Pods.render(Samples.pod("a"), ENGINE.container(Samples.pod("a")));
    assertThat(pod.getSpec().getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .filteredOn(volume -> volume.getSecret().getSecretName().equals("search-tenant"))
        .singleElement()
        .satisfies(volume ->
            assertThat(volume.getSecret().getItems())
                .extracting(item -> item.getKey())
                .containsExactly("users", "users_roles"));
  }

  private static void check(String name, HasMetadata object) throws IOException {
    var file = FOLDER.resolve(name + ".yaml");
    var yaml = new KubernetesSerialization().asYaml(object);
    if (Boolean.getBoolean("flotilla.generate")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, yaml);
    }
    assertThat(file).as("run this test with -Dflotilla.generate=true").hasContent(yaml);
  }

  private static Map<String, HasMetadata> all() {
    var objects = new TreeMap<String, HasMetadata>();
    var kept = new KeptObjects(Samples.CLUSTER, Samples.CLUSTER_UID, ENGINE);
    Samples.kept()
        .forEach(object ->
            objects.put(object.getClass().getSimpleName().toLowerCase(), kept.render(object)));
    objects.put("pod", Pods.render(Samples.pod("a"), ENGINE.container(Samples.pod("a"))));
    objects.put("claim", Claims.render(Samples.volume("a")));
    objects.put("secret-tenant", Secrets.tenant(Samples.CLUSTER, tenant()));
    objects.put(
        "secret-member", Secrets.certificate(Samples.member("a"), Samples.POOL_UID, leaf()));
    objects.put("status-cluster", cluster());
    objects.put("status-pool", pool());
    return objects;
  }

  private static TenantSecret tenant() {
    return new TenantSecret(
        new TenantId(Samples.CLUSTER_UID),
        Optional.of("uuid-of-the-engine"),
        new TreeMap<>(Map.of("ca.key", "the key", "users", "operator:hash")));
  }

  private static MemberCertificate leaf() {
    return new MemberCertificate("a key", "a certificate", "an authority", NOW);
  }

  private static HasMetadata cluster() {
    var cluster = new DatabaseCluster();
    cluster.getMetadata().setName("search");
    cluster.setStatus(
        new Statuses(Samples.CLUSTER, 9200)
            .cluster(Samples.report("All is well."), Optional.empty(), NOW));
    return cluster;
  }

  private static HasMetadata pool() {
    var pool = new DatabasePool();
    pool.getMetadata().setName("search-data");
    var report = Samples.report("All is well.");
    pool.setStatus(new Statuses(Samples.CLUSTER, 9200).pool(report.pools().getFirst(), report, 7));
    return pool;
  }
}
