package dev.flotilla.chaos.k3s;

import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/// K3s in Docker: one server and two agents, named `a`, `b` and `c`, each in the zone of its name.
///
/// Another Kubernetes than the local cluster's, on machines that have Docker. Its containers go
/// with the process that started them, whatever becomes of it.
public final class K3s implements AutoCloseable {

  static final String ZONE = "topology.kubernetes.io/zone";
  static final List<String> ZONES = List.of("a", "b", "c");

  private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.34.1-k3s1");

  private static final String SERVER = "server";

  /// Joins agents to the server of this very cluster; nobody else can reach either.
  private static final String TOKEN = "flotilla";

  /// Images may have to be pulled first.
  private static final Duration READY = Duration.ofMinutes(5);

  private final List<AutoCloseable> started = new ArrayList<>();
  private final KubernetesClient client;

  private K3s() {
    var network = keep(Network.newNetwork());
    var server = keep(server(network));
    server.start();
    ZONES.stream().skip(1).map(zone -> keep(agent(network, zone))).forEach(GenericContainer::start);
    client =
        keep(
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
                .build());
    ZONES.forEach(this::awaitNode);
  }

  /// Starts a cluster and returns when all its nodes are ready.
  ///
  /// Where no Docker answers, the tests that ask for it are reported as not run.
  public static K3s start() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      abort("needs Docker, and none answers on this machine");
    }
    return new K3s();
  }

  public KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    for (var thing : started.reversed()) {
      try {
        thing.close();
      } catch (Exception e) {
        throw new IllegalStateException("K3s cannot be taken down", e);
      }
    }
  }

  private <T extends AutoCloseable> T keep(T thing) {
    started.add(thing);
    return thing;
  }

  private static K3sContainer server(Network network) {
    var server = new K3sContainer(IMAGE);
    return server
        .withNetwork(network)
        .withNetworkAliases(SERVER)
        .withEnv("K3S_TOKEN", TOKEN)
        .withCommand(
            command(
                "a",
                "server",
                "--disable=traefik",
                "--tls-san=" + server.getHost(),
                "--tls-san=" + SERVER));
  }

  /// What the library knows of K3s is the server; an agent's container needs the same of Docker.
  private static GenericContainer<?> agent(Network network, String zone) {
    return new GenericContainer<>(IMAGE)
        .withNetwork(network)
        .withEnv(
            Map.of(
                "K3S_TOKEN",
                TOKEN,
                "K3S_URL",
                "https://%s:%d".formatted(SERVER, K3sContainer.KUBE_SECURE_PORT)))
        .withPrivilegedMode(true)
        .withCreateContainerCmdModifier(
            command -> Objects.requireNonNull(command.getHostConfig()).withCgroupnsMode("host"))
        .withFileSystemBind("/sys/fs/cgroup", "/sys/fs/cgroup", BindMode.READ_WRITE)
        .withTmpFs(Map.of("/run", "", "/var/run", ""))
        .withCommand(command(zone, "agent"));
  }

  private static String[] command(String zone, String... words) {
    return Stream.concat(
            Stream.of(words),
            Stream.of("--node-name=" + zone, "--node-label=%s=%s".formatted(ZONE, zone)))
        .toArray(String[]::new);
  }

  private void awaitNode(String name) {
    client
        .nodes()
        .withName(name)
        .waitUntilCondition(K3s::isReady, READY.toSeconds(), TimeUnit.SECONDS);
  }

  static boolean isReady(@Nullable Node node) {
    return Stream.ofNullable(node)
        .flatMap(it -> Optional.ofNullable(it.getStatus().getConditions()).stream())
        .flatMap(List::stream)
        .anyMatch(it -> it.getType().equals("Ready") && it.getStatus().equals("True"));
  }
}
