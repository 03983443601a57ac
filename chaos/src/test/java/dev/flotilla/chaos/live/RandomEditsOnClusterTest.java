package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.Lab;
import dev.flotilla.chaos.lab.LocalCluster;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperation;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.lifecycle.Stage;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// People and accidents, one after the other in no order, and nobody waits for what the one before
/// has set going: more members, fewer, drains asked for and taken back, restarts, nodes closed and
/// opened, pods deleted, the operator killed. Meanwhile somebody writes.
///
/// In the end nothing that was acknowledged is lost, and everything comes to rest.
@Tag("cluster")
@ExtendWith({LocalCluster.class, Evidence.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomEditsOnClusterTest implements Evidence.Witness {

  private static final int EDITS = Boolean.getBoolean("flotilla.long") ? 1_000 : 50;

  /// Decides what happens; the machine decides when, so a failure need not come again.
  private static final int SEED = Integer.getInteger("flotilla.seed", 1);

  private static final int LEAST = 3;
  private static final int MOST = 6;
  private static final String DRAIN = "flotilla.dev/drain";

  private final Random random = new Random(SEED);
  private final List<String> done = new ArrayList<>();
  private RealWorld world;
  private RealTenant tenant;
  private Path log;
  private Detour detour;
  private ChildOperator operator;
  private Optional<NodeReplacement> closed = Optional.empty();
  private int operations;

  @BeforeAll
  void found(Lab lab, @TempDir Path folder) throws IOException {
    log = folder.resolve("operator.log");
    world = new RealWorld(lab);
    start();
    tenant = world.tenant("live-edits");
    tenant.create(LEAST);
    tenant.awaitReady(LEAST);
    tenant.store();
  }

  @Override
  public List<RealTenant> tenants() {
    return Stream.ofNullable(tenant).toList();
  }

  @AfterAll
  void end() throws IOException, InterruptedException {
    closed.ifPresent(NodeReplacement::uncordon);
    kill();
    world.start();
    world.close();
  }

  private void start() throws IOException {
    detour = new Detour(world.lab.kubeconfig());
    operator = ChildOperator.startOnElasticsearch(detour, log);
  }

  private void kill() throws IOException {
    operator.kill();
    detour.close();
  }

  @Test
  void whateverIsAskedNothingIsLostAndItComesToRest() throws Exception {
    try (var writer = new SteadyWriter(tenant);
        var engine = new SlowedEngine(tenant)) {
      for (int n = 0; n < EDITS; n++) {
        edit();
        pass(500 + random.nextInt(4_000));
        assertThat(zones()).as("zones with members after %s", done).contains("a", "b", "c");
      }
      System.out.printf(
          "%s%nwritten %d, refused %d%n", done, writer.acknowledged(), writer.refused());

      open();
      names().forEach(this::cancel);
      tenant.edit(instances(LEAST));
      tenant.awaitReady(LEAST);

      assertThat(tenant.homes().values()).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(tenant.intact()).isEqualTo(RealTenant.stored());
      assertThat(writer.found()).isGreaterThanOrEqualTo(writer.acknowledged());
      assertThat(writer.acknowledged()).isGreaterThan(EDITS);
      assertThat(engine.excluded()).isEmpty();
      assertThat(engine.electorate()).isEqualTo(new SlowedEngine.Electorate(LEAST, 0));
      assertThat(inTheMiddle()).isEmpty();
    } catch (AssertionError | Exception e) {
      throw new AssertionError("seed %d: %s, after %s".formatted(SEED, e.getMessage(), done), e);
    }
  }

  private void edit() throws IOException, InterruptedException {
    int choice = random.nextInt(100);
    if (choice < 40) {
      int members = LEAST + random.nextInt(MOST - LEAST + 1);
      done.add("members " + members);
      tenant.edit(instances(members));
    } else if (choice < 55) {
      ask("Drain");
    } else if (choice < 60) {
      ask("Restart");
    } else if (choice < 70) {
      names().reversed().stream().limit(1).forEach(this::cancel);
    } else if (choice < 80) {
      closeOrOpen();
    } else if (choice < 90) {
      anyPod()
          .ifPresent(pod -> {
            done.add("delete " + pod);
            world.client.pods().inNamespace(tenant.ref().namespace()).withName(pod).delete();
          });
    } else {
      done.add("kill the operator");
      kill();
      pass(random.nextInt(1_000));
      start();
    }
  }

  /// Whoever goes away in that moment is refused, with a reason.
  private void ask(String what) {
    anyPod()
        .ifPresent(pod -> {
          operations++;
          done.add("%s %s".formatted(what, pod));
          world
              .client
              .resource(
                  """
                  apiVersion: flotilla.dev/v1alpha1
                  kind: DatabaseOperation
                  metadata:
                    name: op-%d
                  spec:
                    clusterName: %s
                    type: %s
                    members: [%s]
                  """
                      .formatted(operations, tenant.ref().name(), what, pod))
              .inNamespace(tenant.ref().namespace())
              .create();
        });
  }

  private List<String> names() {
    return world
        .client
        .resources(DatabaseOperation.class)
        .inNamespace(tenant.ref().namespace())
        .list()
        .getItems()
        .stream()
        .map(operation -> operation.getMetadata().getName())
        .sorted()
        .toList();
  }

  private void cancel(String operation) {
    done.add("cancel " + operation);
    try {
      world
          .client
          .resources(DatabaseOperation.class)
          .inNamespace(tenant.ref().namespace())
          .withName(operation)
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"cancel\": true}}");
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).as(e.getMessage()).isEqualTo(404); // it was over and is removed
    }
  }

  private void closeOrOpen() {
    if (closed.isPresent()) {
      open();
      return;
    }
    var nodes = world.client.nodes().list().getItems();
    var name = nodes.get(random.nextInt(nodes.size())).getMetadata().getName();
    done.add("close " + name);
    closed = Optional.of(new NodeReplacement(world.lab, world.client, name));
    closed.get().cordon();
  }

  private void open() {
    closed.ifPresent(node -> {
      done.add("open " + node.node());
      node.uncordon();
    });
    closed = Optional.empty();
  }

  private Optional<String> anyPod() {
    var pods = new ArrayList<>(tenant.podUids().keySet());
    return pods.isEmpty() ? Optional.empty() : Optional.of(pods.get(random.nextInt(pods.size())));
  }

  /// Zones of the members that are recorded.
  private List<String> zones() {
    return tenant.resource().get().getStatus().members().stream()
        .map(member -> member.zone())
        .distinct()
        .toList();
  }

  /// Claims that say that their member's drain is not at its end.
  private List<String> inTheMiddle() {
    return tenant.claims().stream()
        .map(PersistentVolumeClaim::getMetadata)
        .filter(claim -> claim.getAnnotations().containsKey(DRAIN))
        .filter(claim ->
            !(DrainRecordCodec.decode(claim.getAnnotations().get(DRAIN))
                    instanceof Decoded.Valid(var drain)
                && drain.stage() == Stage.REMOVED))
        .map(ObjectMeta::getName)
        .toList();
  }

  private static String instances(int members) {
    return "[{\"op\": \"replace\", \"path\": \"/spec/pools/0/instances\", \"value\": %d}]"
        .formatted(members);
  }

  private static void pass(int milliseconds) throws InterruptedException {
    var _ = new CountDownLatch(1).await(milliseconds, TimeUnit.MILLISECONDS);
  }
}
