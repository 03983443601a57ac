package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.ConfirmedDeletion;
import dev.flotilla.chaos.lab.Ended;
import dev.flotilla.chaos.lab.Lab;
import dev.flotilla.chaos.lab.Layout;
import dev.flotilla.chaos.lab.LocalCluster;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.crds.v1alpha1.ConditionStatus;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// The operator with real kubelets and real Elasticsearch.
///
/// Takes about five minutes, nearly all of them starts of Elasticsearch. So two tenants are founded
/// once and shared: every test leaves them whole. The order only keeps them small for as long as
/// possible.
@Tag("cluster")
@ExtendWith({LocalCluster.class, Evidence.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealMembersTest implements Evidence.Witness {

  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private RealWorld world;

  /// Its operator was never disturbed.
  private RealTenant steady;

  /// Its operator ended three times.
  private RealTenant ended;

  private final Overheard logs = new Overheard();
  private long begin;
  private Map<String, Integer> createdUndisturbed;
  private Map<String, Integer> createdDisturbed;
  private String pictureUndisturbed;
  private String pictureDisturbed;

  @BeforeAll
  void found(Lab lab) throws IOException, InterruptedException {
    world = new RealWorld(lab);
    begin = world.audit.mark();
    world.start();
    steady = world.tenant("live-steady");
    ended = world.tenant("live-ended");
    foundUndisturbed();
    foundDisturbed();
    steady.store();
    ended.store();
  }

  private void foundUndisturbed() {
    long mark = world.audit.mark();
    steady.create(3);
    steady.awaitReady(3);
    createdUndisturbed = created(mark, steady);
    pictureUndisturbed = new Picture(world.client, steady.ref()).text();
  }

  /// The operator ends after the first volume, then when it has just written down what was formed,
  /// and then between the end of a pod that has failed and the next one.
  private void foundDisturbed() throws IOException, InterruptedException {
    long mark = world.audit.mark();
    var firstVolume = new LastWrite(request -> request.is("POST", "persistentvolumeclaims"));
    world.start(firstVolume);
    ended.create(3);
    firstVolume.await(PATIENCE);
    world.end();
    assertThat(ended.claims()).hasSize(1);
    assertThat(ended.pods()).isEmpty();

    var formation =
        new LastWrite(
            request -> request.is("PATCH", "secrets") && request.path().endsWith("-tenant"));
    world.start(formation);
    formation.await(PATIENCE);
    world.end();

    var deletion = new LastWrite(request -> request.is("DELETE", "pods"));
    var failing = ended.pods().getFirst().getMetadata().getName();
    ended.fail(failing);
    world.start(deletion);
    deletion.await(PATIENCE);
    world.end();
    assertThat(ended.pods()).hasSizeBetween(2, 3);

    world.start();
    ended.awaitReady(3);
    createdDisturbed = created(mark, ended);
    pictureDisturbed = new Picture(world.client, ended.ref()).text();
  }

  /// What the operator made, by verb and resource.
  private Map<String, Integer> created(long mark, RealTenant tenant) {
    return AuditLog.count(
        world.audit.since(mark, tenant.ref().namespace()),
        request -> request.isByTheOperator() && request.code() == 201);
  }

  @Override
  public List<RealTenant> tenants() {
    return Stream.of(steady, ended).filter(Objects::nonNull).toList();
  }

  @AfterAll
  void end() throws IOException {
    logs.close();
    world.close();
  }

  @Test
  @Order(1)
  @Tag("R41")
  void anOperatorThatEndedThreeTimesHasMadeWhatAnUndisturbedOneMakes() {
    var expected = new HashMap<>(createdUndisturbed);
    expected.merge("create pods", 1, Integer::sum); // for the one that failed

    assertThat(pictureDisturbed).isEqualTo(pictureUndisturbed);
    assertThat(createdDisturbed).isEqualTo(expected);
    assertThat(createdUndisturbed).containsEntry("create pods", 3);
  }

  /// Cordoned, emptied, switched off, removed, and a new machine registers: as an upgrade of the
  /// Kubernetes cluster itself does it, node by node, until none is left of the old ones.
  @Test
  @Order(2)
  @Tag("ST-1")
  void replacingEveryNodeLeavesEachTenantsPodsInTheirZones() {
    var all = replacements();
    var machines = uids(all);
    var zones = tenants().stream().map(RealTenant::zones).toList();
    var volumes = tenants().stream().map(RealTenant::volumes).toList();
    assertThat(tenants()).extracting(RealTenant::homes).isEqualTo(zones);
    for (var perZone : zones) {
      assertThat(perZone.values()).containsExactlyInAnyOrder("a", "b", "c");
    }

    for (var node : all) {
      node.awaitReady();
      node.cordon();
      node.empty();
      node.replace();

      for (var tenant : tenants()) {
        tenant.awaitReady(3);
        assertThat(tenant.intact()).isEqualTo(RealTenant.stored());
      }
      assertThat(tenants()).extracting(RealTenant::zones).isEqualTo(zones);
      assertThat(tenants()).extracting(RealTenant::volumes).isEqualTo(volumes);
    }

    all.forEach(NodeReplacement::awaitReady);
    assertThat(uids(all)).doesNotContainAnyElementsOf(machines).doesNotHaveDuplicates();
  }

  /// The first node of each zone and then the second, so that a new machine has time to start
  /// before it has to take over what its neighbour gives up.
  private List<NodeReplacement> replacements() {
    return world.lab.layout().nodes().stream()
        .map(Layout.Node::name)
        .sorted(Comparator.comparing((String name) -> name.charAt(name.length() - 1)))
        .map(name -> new NodeReplacement(world.lab, world.client, name))
        .toList();
  }

  private static List<String> uids(List<NodeReplacement> nodes) {
    return nodes.stream().map(NodeReplacement::uid).toList();
  }

  /// First without an operator: what was evicted stays away, and the budget protects all others.
  @Test
  @Order(3)
  @Tag("PP-3")
  void kubectlDrainsWithoutForceAndOnlyAsFarAsTheBudgetAllows()
      throws IOException, InterruptedException {
    var members = steady.pods();
    var volumes = steady.volumes();
    var first = members.getFirst().getSpec().getNodeName();
    var second = members.getLast();
    world.end();
    try {
      drain(first, "15s"); // one member of each pool; the rest of a larger database has to wait
      var refused = drain(second.getSpec().getNodeName(), "15s");
      assertThat(refused.code()).isNotZero();
      assertThat(refused.text()).contains("would violate the pod's disruption budget");
      assertThat(steady.podUids())
          .hasSize(2)
          .containsEntry(second.getMetadata().getName(), second.getMetadata().getUid());

      world.start();
      assertThat(drain(first, "180s").code()).isZero();
      steady.awaitReady(3);
      assertThat(drain(second.getSpec().getNodeName(), "180s").code()).isZero();
      steady.awaitReady(3);
    } finally {
      replacements().forEach(NodeReplacement::uncordon);
    }

    assertThat(steady.podUids())
        .doesNotContainEntry(second.getMetadata().getName(), second.getMetadata().getUid());
    assertThat(steady.zones()).isEqualTo(steady.homes());
    assertThat(steady.volumes()).isEqualTo(volumes);
    ended.awaitReady(3);
  }

  private Ended drain(String node, String timeout) throws IOException, InterruptedException {
    return world.kubectl(
        "drain", node, "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=" + timeout);
  }

  @Test
  @Order(4)
  void theAdapterBelievesARealMemberAndNobodyElse() {
    new AdapterOnRealMember(steady, ended).believesItAndNobodyElse();
  }

  /// The one whose operator ends between the new member's volume and its pod gets what the other
  /// one gets.
  @Test
  @Order(5)
  @Tag("R41")
  void anOperatorThatEndsBetweenAVolumeAndItsPodMakesOneMember()
      throws IOException, InterruptedException {
    int members = steady.pods().size() + 1;
    long markSteady = world.audit.mark();
    steady.edit(instances(members));
    steady.awaitReady(members);
    var undisturbed = created(markSteady, steady);

    var volume = new LastWrite(request -> request.is("POST", "persistentvolumeclaims"));
    long mark = world.audit.mark();
    world.start(volume);
    ended.edit(instances(members));
    volume.await(PATIENCE);
    world.end();
    assertThat(ended.claims()).hasSize(members);
    assertThat(ended.pods()).hasSize(members - 1);
    world.start();
    ended.awaitReady(members);

    assertThat(created(mark, ended)).isEqualTo(undisturbed);
    assertThat(undisturbed).containsEntry("create pods", 1);
    assertThat(new Picture(world.client, ended.ref()).text())
        .isEqualTo(new Picture(world.client, steady.ref()).text());
  }

  /// The corrected image reaches the member that never started, and nobody else.
  @Test
  @Order(6)
  void anImageThatNoNodeHasStopsOnlyTheNewMember() throws IOException, InterruptedException {
    var others = steady.podUids();
    int members = others.size() + 1;
    steady.edit(
        """
        [{"op": "add", "path": "/spec/engine/image", "value": "flotilla.local/absent:9.5.3"},
         {"op": "replace", "path": "/spec/pools/0/instances", "value": %d}]
        """
            .formatted(members));

    assertBlocked("Ready", Reason.IMAGE_UNAVAILABLE);
    assertThat(steady.podUids()).containsAllEntriesOf(others);

    steady.edit("[{\"op\": \"remove\", \"path\": \"/spec/engine/image\"}]");
    steady.awaitReady(members);
    assertThat(steady.podUids()).containsAllEntriesOf(others);
  }

  /// First the zone has no node that takes pods, then none that is large enough.
  @Test
  @Order(7)
  void noRoomInAZoneStopsOnlyTheNewMember() throws IOException, InterruptedException {
    var others = steady.podUids();
    int members = others.size() + 1;
    var zone = nextZone();
    var nodes =
        replacements().stream().filter(node -> node.node().startsWith("node-" + zone)).toList();
    nodes.forEach(NodeReplacement::cordon);
    try {
      steady.edit(
          """
          [{"op": "replace", "path": "/spec/pools/0/instances", "value": %d},
           {"op": "replace", "path": "/spec/pools/0/resources/requests/cpu", "value": "999"}]
          """
              .formatted(members));
      assertBlocked("ZonesSatisfied", Reason.ZONES_INSUFFICIENT);
      assertThat(steady.podUids()).isEqualTo(others);
    } finally {
      nodes.forEach(NodeReplacement::uncordon);
    }
    assertBlocked("Ready", Reason.CAPACITY_BLOCKED);
    assertThat(steady.podUids()).containsAllEntriesOf(others);

    steady.edit(
        """
        [{"op": "replace", "path": "/spec/pools/0/resources/requests/cpu", "value": "50m"}]
        """);
    steady.awaitReady(members);
    assertThat(steady.podUids()).containsAllEntriesOf(others);
  }

  @Test
  @Order(8)
  void aStorageClassThatIsMissingStopsOnlyTheNewPool() throws IOException, InterruptedException {
    var others = steady.podUids();
    var late = "live-late";
    steady.edit(
        """
        [{"op": "add", "path": "/spec/pools/-", "value": {
          "name": "more", "roles": ["Data"], "instances": 1,
          "resources": {"requests": {"cpu": "50m", "memory": "300Mi"}, "limits": {"memory": "520Mi"}},
          "storage": {"size": "1Gi", "storageClassName": "%s"}}}]
        """
            .formatted(late));
    assertBlocked("StorageReady", Reason.STORAGE_CLASS_MISSING);
    assertThat(steady.podUids()).isEqualTo(others);

    var zonal = world.client.storage().v1().storageClasses().withName("zonal").require();
    var made =
        new StorageClassBuilder(zonal).withNewMetadata().withName(late).endMetadata().build();
    world.client.resource(made).create();
    try {
      steady.awaitReady(others.size() + 1);
    } finally {
      world.client.resource(made).delete();
    }
    assertThat(steady.podUids()).containsAllEntriesOf(others);
  }

  /// After all that has gone wrong until now: what is printed, told and stored for others to read.
  @Test
  @Order(9)
  @Tag("S7")
  void nothingSecretStandsOutsideOfSecrets() throws IOException, InterruptedException {
    for (var tenant : tenants()) {
      var namespace = tenant.ref().namespace();
      var secrecy = new Secrecy(world.client.secrets().inNamespace(namespace).list().getItems());

      assertThat(secrecy.entries()).isGreaterThanOrEqualTo(3 + 3); // the tenant's; a key each
      assertThat(secrecy.foundIn(world.told(namespace, "secrets"))).hasSize(secrecy.entries());
      assertThat(secrecy.foundIn(world.told(namespace, RealWorld.READABLE))).isEmpty();
      assertThat(secrecy.foundIn(world.told(RunningOperator.NAMESPACE, "events,configmaps")))
          .isEmpty();
      assertThat(secrecy.foundIn(logs.text())).isEmpty();
      assertThat(secrecy.foundIn(world.operator().metrics())).isEmpty();
      for (var pod : tenant.pods()) {
        var log = world.kubectl("-n", namespace, "logs", pod.getMetadata().getName());
        assertThat(log.text()).contains("started");
        assertThat(secrecy.foundIn(log.text())).isEmpty();
      }
    }
  }

  @Test
  @Order(10)
  void whatSomebodyChangesIsPutBack() {
    var namespace = steady.ref().namespace();
    var service = world.client.services().inNamespace(namespace).withName(steady.ref().name());
    var budgets = world.client.policy().v1().podDisruptionBudget().inNamespace(namespace);
    var budget = budgets.withName(budgets.list().getItems().getFirst().getMetadata().getName());
    var port = service.get().getSpec().getPorts().getFirst().getPort();
    var most = budget.get().getSpec().getMaxUnavailable();

    service.edit(it -> {
      it.getSpec().getPorts().getFirst().setPort(port + 1);
      return it;
    });
    budget.edit(it -> {
      it.getSpec().setMaxUnavailable(new IntOrString(most.getIntVal() + 1));
      return it;
    });

    service.waitUntilCondition(
        it -> it.getSpec().getPorts().getFirst().getPort().equals(port),
        PATIENCE.toMillis(),
        TimeUnit.MILLISECONDS);
    budget.waitUntilCondition(
        it -> it.getSpec().getMaxUnavailable().equals(most),
        PATIENCE.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /// The audit log of everything above, and of a database that is given up.
  @Test
  @Order(11)
  @Tag("S1")
  void theOperatorMayDoWhatItDoesAndNothingElse() {
    ConfirmedDeletion.confirm(world.client, ended.ref().namespace());
    ended.resource().delete();
    ended
        .resource()
        .waitUntilCondition(Objects::isNull, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    var asked =
        world.audit.since(begin).stream().filter(AuditLog.Request::isByTheOperator).toList();

    assertThat(Rights.refused(asked)).isEmpty();
    assertThat(Rights.unused(world.client, asked)).isEqualTo(Rights.UNSEEN);
  }

  /// The condition and its reason, and the reason in what `kubectl get` prints.
  private void assertBlocked(String type, Reason reason) throws IOException, InterruptedException {
    steady.await(
        type + " False because of " + reason.id(),
        cluster ->
            RealTenant.condition(cluster, type)
                .filter(it -> it.status() == ConditionStatus.FALSE)
                .filter(it -> it.reason().equals(reason.id()))
                .isPresent());
    var ref = steady.ref();
    assertThat(world.kubectl("-n", ref.namespace(), "get", "dbc", ref.name()).text())
        .contains(reason.id());
  }

  /// Where the next member goes: the first of the zones that have the fewest.
  private String nextZone() {
    var homes = steady.homes().values();
    return Stream.of("a", "b", "c")
        .min(Comparator.comparingLong(zone -> homes.stream().filter(zone::equals).count()))
        .orElseThrow();
  }

  private static String instances(int members) {
    return "[{\"op\": \"replace\", \"path\": \"/spec/pools/0/instances\", \"value\": %d}]"
        .formatted(members);
  }
}
