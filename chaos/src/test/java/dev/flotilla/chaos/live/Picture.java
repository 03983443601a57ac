package dev.flotilla.chaos.live;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabasePool;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.codec.VolumeRecordCodec;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What exists of a cluster at one moment, as text that two runs can be compared by.
///
/// It leaves out uids, versions and addresses, and calls members by their slots, as their names
/// differ from namespace to namespace.
record Picture(KubernetesClient client, ClusterRef ref) {

  /// The annotation in which a volume says whose it is.
  private static final String RECORD = "flotilla.dev/record";

  String text() {
    var lines = new TreeMap<String, String>();
    pods().forEach(pod -> lines.put(key(pod), "ready=" + FakeKubelets.isReady(pod)));
    claims().forEach(claim -> lines.put(key(claim), words(claim)));
    var namespace = ref.namespace();
    Stream.<List<? extends HasMetadata>>of(
            client.secrets().inNamespace(namespace).list().getItems(),
            client.configMaps().inNamespace(namespace).list().getItems(),
            client.services().inNamespace(namespace).list().getItems(),
            client.resources(DatabasePool.class).inNamespace(namespace).list().getItems(),
            client.policy().v1().podDisruptionBudget().inNamespace(namespace).list().getItems(),
            client.discovery().v1().endpointSlices().inNamespace(namespace).list().getItems())
        .flatMap(List::stream)
        .forEach(object -> lines.put(key(object), "there"));
    lines.put("status", status());
    var text =
        lines.entrySet().stream()
            .map(line -> line.getKey() + ": " + line.getValue())
            .collect(Collectors.joining("\n"));
    for (var member : members()) {
      text = text.replace(member.name().value(), member.slot().toString());
    }
    return text.lines().sorted().collect(Collectors.joining("\n"));
  }

  /// The members that volumes tell of, one for each volume whose record is not damaged.
  List<MemberRecord> members() {
    return claims().stream().flatMap(claim -> member(claim).stream()).toList();
  }

  /// Whether the cluster says that nothing is due, and says it of what is wanted now: what was
  /// written about an earlier generation is true of that one only.
  boolean isSettled() {
    var cluster = cluster();
    return cluster != null
        && cluster.getStatus() != null
        && cluster.getMetadata().getGeneration().equals(cluster.getStatus().observedGeneration())
        && status().contains("Settled=TRUE");
  }

  private DatabaseCluster cluster() {
    return client
        .resources(DatabaseCluster.class)
        .inNamespace(ref.namespace())
        .withName(ref.name())
        .get();
  }

  /// All conditions in one line.
  String status() {
    var cluster = cluster();
    return cluster == null || cluster.getStatus() == null
        ? "none"
        : cluster.getStatus().conditions().stream()
            .map(it -> "%s=%s %s".formatted(it.type(), it.status(), it.reason()))
            .collect(Collectors.joining(", "));
  }

  private List<Pod> pods() {
    return client.pods().inNamespace(ref.namespace()).list().getItems();
  }

  private List<PersistentVolumeClaim> claims() {
    return client.persistentVolumeClaims().inNamespace(ref.namespace()).list().getItems();
  }

  private static Optional<MemberRecord> member(PersistentVolumeClaim claim) {
    return record(claim) instanceof Decoded.Valid(var record)
        ? Optional.of(record.member())
        : Optional.empty();
  }

  private static Decoded<VolumeRecord> record(PersistentVolumeClaim claim) {
    return VolumeRecordCodec.decode(claim.getMetadata().getAnnotations().get(RECORD));
  }

  private static String key(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }

  private static String words(PersistentVolumeClaim claim) {
    return switch (record(claim)) {
      case Decoded.Damaged(var why) -> why;
      case Decoded.Valid(var record) ->
          "%s founding=%s engine=%s"
              .formatted(
                  record.member().slot(),
                  record.member().founding(),
                  record.engineUuid().isPresent());
    };
  }
}
