package dev.flotilla.operator.kube.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.crds.v1alpha1.RawPool;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.PodView.Trouble.Kind;
import dev.flotilla.operator.kube.SampleEngine;
import dev.flotilla.operator.kube.Samples;
import dev.flotilla.operator.kube.render.Claims;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.kube.render.Pods;
import dev.flotilla.operator.port.ClusterResource.Specification;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.codec.VolumeRecordCodec;
import dev.flotilla.topology.model.Zone;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Objects as Kubernetes and its users write them, and what is made of them.
class ObjectsTest {

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  @ParameterizedTest
  @CsvSource({
    "containerStatuses, ErrImageNeverPull, IMAGE",
    "containerStatuses, ImagePullBackOff, IMAGE",
    "initContainerStatuses, ErrImagePull, IMAGE",
    "initContainerStatuses, InvalidImageName, IMAGE",
    "containerStatuses, CrashLoopBackOff, CRASHING",
    "initContainerStatuses, CrashLoopBackOff, CRASHING",
    "containerStatuses, CreateContainerConfigError, CRASHING"
  })
  void aContainerThatWaitsIsTrouble(String list, String reason, Kind kind) {
    var pod =
        pod(
            """
            %s: [{name: engine, state: {waiting: {reason: %s, message: no luck}}}]
            """
                .formatted(list, reason));

    assertThat(pod.trouble())
        .get()
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo(kind);
          assertThat(trouble.detail()).contains("engine", reason, "no luck");
        });
  }

  @Test
  void aContainerThatIsBeingMadeIsNoTrouble() {
    assertThat(
            pod("""
            containerStatuses: [{name: engine, state: {waiting: {reason: PodInitializing}}}]
            """)
                .trouble())
        .isEmpty();
  }

  /// Somebody else's container in the pod may have trouble of its own.
  @ParameterizedTest
  @CsvSource({
    "engine, running, helper, true",
    "helper, running, engine, false",
    "engine, waiting, helper, false",
    "engine, terminated, helper, false"
  })
  void theEngineRunsIfItsOwnContainerDoes(String one, String state, String other, boolean runs) {
    var pod =
        pod(
            """
            containerStatuses:
            - {name: %s, state: {%s: {}}}
            - {name: %s, state: {waiting: {reason: CrashLoopBackOff, message: no luck}}}
            """
                .formatted(one, state, other));

    assertThat(pod.running()).isEqualTo(runs);
    assertThat(pod.isStuck()).isEqualTo(!runs);
  }

  @Test
  void aPodThatNoNodeTakesIsTroubleInAFewWords() {
    var pod =
        pod(
            """
            conditions:
            - {type: PodScheduled, status: "False", reason: Unschedulable, message: "%s"}
            """
                .formatted("0/6 nodes are available. ".repeat(100)));

    assertThat(pod.trouble())
        .get()
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo(Kind.UNSCHEDULABLE);
          assertThat(trouble.detail()).startsWith("0/6 nodes").hasSize(512);
        });
  }

  /// As the scheduler of Kubernetes 1.34 says it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0/6 nodes are available: 2 Insufficient memory, 4 node(s) didn't match Pod's node affinity/selector.|NO_ROOM",
        "0/6 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable.|NO_ROOM",
        "0/6 nodes are available: 2 Too many pods.|NO_ROOM",
        "0/6 nodes are available: 6 node(s) were unschedulable.|UNSCHEDULABLE",
        "0/6 nodes are available: 6 node(s) had volume node affinity conflict.|UNSCHEDULABLE"
      })
  void noRoomIsToldFromOtherReasons(String words, Kind kind) {
    var pod =
        pod(
            """
            conditions:
            - {type: PodScheduled, status: "False", reason: Unschedulable, message: "%s"}
            """
                .formatted(words));

    assertThat(pod.trouble().map(trouble -> trouble.kind())).contains(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|true|false",
        "{unschedulable: true}|false|false",
        "{taints: [{key: dedicated, effect: NoSchedule}]}|false|false",
        "{taints: [{key: dedicated, effect: PreferNoSchedule}]}|true|false",
        "{taints: [{key: node.kubernetes.io/unreachable, effect: NoExecute}]}|true|false",
        "{taints: [{key: node.kubernetes.io/out-of-service, effect: NoExecute}]}|false|true"
      })
  void aNodeIsSchedulableUnlessItKeepsMembersAway(
      String spec, boolean schedulable, boolean outOfService) {
    assertThat(node(spec).schedulable()).isEqualTo(schedulable);
    assertThat(node(spec).outOfService()).isEqualTo(outOfService);
  }

  /// By the zone key of nodes, by a driver's own, by label, and by the node that it is pinned to.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topology.kubernetes.io/zone|[c]|{}|c",
        "topology.ebs.csi.aws.com/zone|[c]|{}|c",
        "topology.kubernetes.io/zone|[b, c]|{}|",
        "other|[c]|{topology.kubernetes.io/zone: c}|c",
        "kubernetes.io/hostname|[host-a1]|{}|a"
      })
  @Tag("R28")
  void theZoneOfAVolumeIsReadFromTheVolume(
      String key, String values, String labels, String expected) {
    var volume =
        YAML.unmarshal(
            """
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: pv-1, labels: %s}
            spec:
              nodeAffinity:
                required:
                  nodeSelectorTerms:
                  - matchExpressions: [{key: %s, operator: In, values: %s}]
            """
                .formatted(labels, key, values),
            PersistentVolume.class);
    var nodes = List.of(NodeReader.read(yamlNode("{}")));

    var view =
        ClaimReader.read(Claims.render(Samples.volume("a")))
            .view(Optional.of(DiskReader.read(volume)), nodes);

    assertThat(view.zone()).isEqualTo(Optional.ofNullable(expected).map(Zone::new));
  }

  @Test
  void aVolumePinnedToAHostNamesItsNode() {
    var disk = new DiskReader.Disk(Optional.empty(), Optional.of("host-a1"));
    var view =
        ClaimReader.read(Claims.render(Samples.volume("a")))
            .view(Optional.of(disk), List.of(NodeReader.read(yamlNode("{}"))));

    assertThat(view.node()).contains("node-a1");
  }

  /// A claim counts only with a whole record that was written on it and for its cluster.
  @Test
  @Tag("R30")
  void aClaimOfSomebodyElseIsNotBelieved() {
    var copy = claim();
    copy.getMetadata().setUid("another");
    var moved = claim();
    moved.getMetadata().setNamespace("elsewhere");
    var renamed = claim();
    renamed.getMetadata().setName("data-" + Samples.member("b").name());
    var bare = claim();
    bare.getMetadata().setAnnotations(java.util.Map.of());

    assertThat(MemberRecords.of(Samples.CLUSTER, List.of(claim()), List.of()).members())
        .containsExactly(Samples.member("a").provisioned());
    assertThat(
            MemberRecords.of(Samples.CLUSTER, List.of(copy, moved, renamed, bare), List.of())
                .members())
        .isEmpty();
  }

  @Test
  void aPodAloneTellsOfItsMember() {
    var pod = pod();

    assertThat(MemberRecords.of(Samples.CLUSTER, List.of(), List.of(pod)).members())
        .containsExactly(Samples.member("a").provisioned());
  }

  @Test
  @Tag("R33")
  void aClaimThatIsBeingDeletedSaysSo() {
    var claim = claim();
    claim.getMetadata().setDeletionTimestamp("2026-01-02T03:04:05Z");

    assertThat(ClaimReader.read(claim).view(Optional.empty(), List.of()).terminating()).isTrue();
  }

  @Test
  void ofSeveralDefaultClassesTheNewestCounts() {
    var classes =
        List.of(
            ClassReader.read(storageClass("old", "2026-01-01T00:00:00Z")),
            ClassReader.read(storageClass("new", "2026-02-01T00:00:00Z")));

    assertThat(ClassReader.byName(classes).values())
        .filteredOn(view -> view.isDefault())
        .extracting(view -> view.name())
        .containsExactly("new");
  }

  @Test
  void aLegalSpecificationIsRead() {
    assertThat(specification("9.5.3", "[a, b, c]", "10Gi", "{}"))
        .isInstanceOfSatisfying(
            Specification.Legal.class,
            legal -> {
              assertThat(legal.spec().image()).isEqualTo("flotilla.local/elasticsearch:9.5.3");
              assertThat(legal.spec().zones()).hasSize(3);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v9|[a, b, c]|10Gi|{}|spec.engine.version",
        "9.5.3|[a, b, a]|10Gi|{}|spec.topology.zones",
        "9.5.3|[a, b, c]|ten|{}|spec.pools[0].storage.size",
        "9.5.3|[a, b, c]|10Gi|{path.data: /x}|spec.engine.config"
      })
  @Tag("V9")
  void anIllegalSpecificationNamesItsField(
      String version, String zones, String size, String config, String field) {
    assertThat(specification(version, zones, size, config))
        .isInstanceOfSatisfying(
            Specification.Illegal.class,
            illegal -> assertThat(illegal.message()).contains(field).contains(": "));
  }

  /// Stored before a rule existed, or by hand past all of them: whatever stands there, it is read,
  /// and what is wrong is named.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec|a text",
        "spec|[1, 2]",
        "spec.engine|{engine: 7}",
        "spec.engine.type|{engine: {type: Elastic}}",
        "spec.topology.zones|{topology: {zones: 'a,b,c'}}",
        "spec.topology.awareness|{topology: {awareness: [Forced]}}",
        "spec.pools|{pools: {data: 3}}",
        "spec.pools[0].instances|{pools: [{instances: three}]}",
        "spec.pools[0].roles[1]|{pools: [{roles: [Voter, data]}]}",
        "spec.pools[1].storage|{pools: [{name: data}, {storage: 10Gi}]}",
        "spec.engine.config.a|{engine: {config: {a: {b: 1}}}}"
      })
  void aSpecificationWithoutSenseNamesItsField(String field, String spec) {
    var cluster = stored(RawCluster.class, spec);

    assertThat(new ClusterReader(new SampleEngine()).read(cluster).specification())
        .isInstanceOfSatisfying(
            Specification.Illegal.class,
            illegal ->
                assertThat(illegal.message())
                    .startsWith(field + " holds what this field cannot hold: write it as"));
  }

  @Test
  void aPoolOrAStatusWithoutSenseIsAsIfItWereNotThere() {
    assertThat(PoolReader.read(Samples.POOL, stored(RawPool.class, "{instances: many}"))).isEmpty();
    assertThat(ClusterReader.status(stored(RawCluster.class, "{}\nstatus: {conditions: none}")))
        .isEmpty();
  }

  private static <T> T stored(Class<T> type, String spec) {
    return YAML.unmarshal(
        """
        apiVersion: flotilla.dev/v1alpha1
        kind: %s
        metadata: {namespace: shop, name: search, uid: u, generation: 1}
        spec: %s
        """
            .formatted(HasMetadata.getKind(type), spec),
        type);
  }

  private static Specification specification(
      String version, String zones, String size, String config) {
    var cluster =
        YAML.unmarshal(
            """
            apiVersion: flotilla.dev/v1alpha1
            kind: DatabaseCluster
            metadata: {namespace: shop, name: search, uid: u, generation: 1}
            spec:
              engine: {type: Elasticsearch, version: "%s", config: %s}
              topology: {zones: %s}
              pools: [{name: data, storage: {size: %s}}]
            """
                .formatted(version, config, zones, size),
            RawCluster.class);
    return new ClusterReader(new SampleEngine()).read(cluster).specification();
  }

  private static PersistentVolumeClaim claim() {
    var claim = Claims.render(Samples.volume("a"));
    claim.getMetadata().setUid("its-own");
    claim
        .getMetadata()
        .getAnnotations()
        .put(
            Labels.VOLUME_RECORD,
            VolumeRecordCodec.encode(
                VolumeRecord.fresh(Samples.member("a")).stamped("its-own", "engine")));
    return claim;
  }

  private static Pod pod() {
    return Pods.render(Samples.pod("a"), new SampleEngine().container(Samples.pod("a")));
  }

  private static PodView pod(String status) {
    var pod = pod();
    pod.getMetadata().setUid("pod-uid");
    pod.getMetadata().setResourceVersion("7");
    pod.setStatus(
        YAML.unmarshal("apiVersion: v1\nkind: Pod\nstatus:\n" + status.indent(2), Pod.class)
            .getStatus());
    return PodReader.read(pod);
  }

  private static NodeView node(String spec) {
    return NodeReader.read(yamlNode(spec)).view();
  }

  private static Node yamlNode(String spec) {
    return YAML.unmarshal(
        """
        apiVersion: v1
        kind: Node
        metadata:
          name: node-a1
          labels: {topology.kubernetes.io/zone: a, kubernetes.io/hostname: host-a1}
        spec: %s
        status: {conditions: [{type: Ready, status: "True"}]}
        """
            .formatted(spec),
        Node.class);
  }

  private static StorageClass storageClass(String name, String created) {
    return YAML.unmarshal(
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: %s
          creationTimestamp: %s
          annotations: {storageclass.kubernetes.io/is-default-class: "true"}
        volumeBindingMode: WaitForFirstConsumer
        """
            .formatted(name, created),
        StorageClass.class);
  }
}
