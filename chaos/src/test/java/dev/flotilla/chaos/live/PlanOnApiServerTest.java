package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.cli.CommandRun;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodIPBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// `flotilla plan` as people use it: through a real API server's service proxy, with the rights
/// that `install/` has for them and no others, at the operator's own process.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanOnApiServerTest {

  private static final String HOME = RunningOperator.NAMESPACE;

  @TempDir Path folder;

  private ApiWorld world;
  private DetouredOperator own;
  private CommandRun run;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    world = ApiWorld.start();
    own = DetouredOperator.on(world);
    lead(own.operator().apiPort());
    bind("ann");
    run = new CommandRun(() -> Config.fromKubeconfig(world.kubeconfig().toFile()));
    world
        .client
        .configMaps()
        .inNamespace(HOME)
        .withName("operator-api")
        .waitUntilCondition(map -> map != null, 30, TimeUnit.SECONDS);
  }

  @AfterAll
  void end() throws IOException {
    try (var _ = world;
        var _ = own) {
      // ends what was started; what was not is null
    }
  }

  @Test
  @Tag("UX-8")
  void itGoesThroughTheApiServerAndWritesNothing() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    long mark = world.audit.mark();

    assertThat(plan("ann", place.toString())).as(run.err()).isZero();

    assertThat(run.out())
        .contains("for " + place, "nothing to do", "after: zones a1 b1 c1", "members 3");
    var requests = world.audit.since(mark);
    assertThat(requests)
        .filteredOn(request -> request.resource().equals("services/proxy"))
        .singleElement()
        .satisfies(request -> assertThat(request.code()).isEqualTo(200));
    assertThat(requests.stream().filter(AuditLog.Request::isWrite))
        .filteredOn(request ->
            request.namespace().equals(place.namespace()) || request.namespace().equals(HOME))
        .filteredOn(request -> !isReport(request))
        .isEmpty();
  }

  /// A manifest is planned before it is applied: first as one that does not exist, then as a
  /// change.
  @Test
  @Tag("UX-8")
  void aManifestIsPlannedBeforeItIsApplied() throws IOException, InterruptedException {
    var place = world.place();
    var file = folder.resolve("search.yaml");
    Files.writeString(file, ApiWorld.manifest("search", 3));

    assertThat(plan("root", "-f", file.toString(), "-n", place.namespace()))
        .as(run.err() + run.out())
        .isZero();
    assertThat(run.out())
        .contains("create  tenant's Secret", "create  pod", "data/a#1", "3 yet to start or join");
    assertThat(world.pods(place)).isEmpty();
    assertThat(world.status(place)).isEqualTo("none");

    world.ready(place, 3);
    Files.writeString(file, ApiWorld.manifest("search", 5));
    assertThat(plan("root", "-f", file.toString(), "-n", place.namespace(), "-o", "json")).isZero();
    var sheet = run.json().at("/plans/0");
    assertThat(sheet.at("/after/members").asInt()).isEqualTo(5);
    var foretold =
        sheet
            .at("/steps")
            .valueStream()
            .filter(step -> step.path("step").asText().equals("CreatePod"))
            .map(step -> step.path("member").asText())
            .toList();
    assertThat(foretold).hasSize(2);

    world.ready(place, 5);
    assertThat(world.pods(place))
        .extracting(pod -> pod.getMetadata().getName())
        .containsAll(foretold);
  }

  @Test
  void whoMayNotAskIsToldWhichRightIsMissing() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);

    assertThat(plan("eve", place.toString())).isEqualTo(6);
    assertThat(run.err())
        .contains("error: not allowed: get on configmaps in the namespace \"" + HOME + "\"");

    // The word alone does not open the proxy.
    world
        .client
        .rbac()
        .roles()
        .inNamespace(HOME)
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName("word-only")
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("configmaps")
                .withVerbs("get")
                .endRule()
                .build())
        .create();
    bind("mallory", "word-only");
    assertThat(plan("mallory", place.toString())).isEqualTo(6);
    assertThat(run.err()).contains("get on services/proxy in the namespace \"" + HOME + "\"");
  }

  /// What the operator knows is gone with it; what it reported is not.
  @Test
  void withTheOperatorDownReadsOfResourcesGoOn() throws IOException, InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    lead(1); // nobody listens there

    try {
      assertThat(plan("root", place.toString())).isEqualTo(1);
      assertThat(run.err()).contains("error: the operator cannot be reached");
      assertThat(run.run("status", place.toString())).isZero();
      assertThat(run.out()).contains("ready 3/3");
    } finally {
      lead(own.operator().apiPort());
    }
  }

  /// What the operator says of what it did before.
  private static boolean isReport(AuditLog.Request request) {
    return request.isByTheOperator() && request.resource().endsWith("/status");
  }

  private int plan(String user, String... arguments) {
    var all = new ArrayList<>(List.of("plan"));
    all.addAll(List.of(arguments));
    if (!user.equals("root")) {
      all.addAll(List.of("--as", user));
    }
    return run.run(all.toArray(String[]::new));
  }

  /// Lets the service lead to this process, under the name of a pod that nobody runs: the API
  /// server goes to addresses of pods and to no others.
  private void lead(int port) throws SocketException {
    var address = ownAddress();
    var pod = Installed.operatorsPod(world.client);
    if (world.client.resource(pod).get() == null) {
      world.client.resource(pod).create();
    }
    world
        .client
        .resource(pod)
        .editStatus(made ->
            new PodBuilder(made)
                .editOrNewStatus()
                .withPodIP(address)
                .withPodIPs(new PodIPBuilder().withIp(address).build())
                .endStatus()
                .build());
    world
        .client
        .services()
        .inNamespace(HOME)
        .withName("operator")
        .edit(service ->
            new ServiceBuilder(service).editSpec().withSelector(Map.of()).endSpec().build());
    world
        .client
        .endpoints()
        .inNamespace(HOME)
        .resource(
            new EndpointsBuilder()
                .withNewMetadata()
                .withName("operator")
                .endMetadata()
                .addNewSubset()
                .addNewAddress()
                .withIp(address)
                .withNewTargetRef()
                .withKind("Pod")
                .withNamespace(HOME)
                .withName(pod.getMetadata().getName())
                .endTargetRef()
                .endAddress()
                .addNewPort()
                .withName("api")
                .withPort(port)
                .endPort()
                .endSubset()
                .build())
        .createOr(existing -> existing.update());
  }

  /// An address of this machine, since Kubernetes lets no service lead to the loopback. What a
  /// machine sends to itself does not leave it.
  private static String ownAddress() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(Inet4Address.class::isInstance)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .findFirst()
        .orElseThrow(() -> new AssertionError("this machine has no address but the loopback"))
        .getHostAddress();
  }

  private void bind(String user) {
    bind(user, "flotilla-ask");
  }

  private void bind(String user, String role) {
    world
        .client
        .rbac()
        .roleBindings()
        .inNamespace(HOME)
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(user)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", role)
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
  }
}
