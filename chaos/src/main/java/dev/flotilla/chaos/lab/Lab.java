package dev.flotilla.chaos.lab;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A local cluster that has been started: what tests and the demo do with it.
///
/// All methods block until the effect is there, at most about a minute, and may be repeated.
public final class Lab {

  private static final Duration SHORT = Duration.ofSeconds(40);
  private static final Duration IMPORT = Duration.ofMinutes(5);

  /// What a node is doing.
  public enum Power {
    /// Its processes run.
    ON,
    /// It has no processes; its disks are there.
    OFF,
    /// Its processes stand still.
    FROZEN
  }

  private final Path folder;
  private final Layout layout;
  private final Scripts scripts;

  Lab(Places places, Layout layout) {
    folder = places.cluster(layout.spec().number());
    this.layout = layout;
    scripts = new Scripts(places.scripts());
  }

  /// The cluster of that number, if it was started (it may be damaged).
  public static Optional<Lab> find(Places places, int number) {
    return new Settings(places.cluster(number))
        .spec()
        .filter(spec -> Files.exists(places.cluster(number).resolve("kubeconfig")))
        .map(spec -> new Lab(places, new Layout(spec)));
  }

  /// Cluster 0 of this machine, if it was started.
  public static Optional<Lab> running() {
    return find(Places.ofThisMachine(System.getenv()), 0);
  }

  /// Names and addresses.
  public Layout layout() {
    return layout;
  }

  /// Where everything of the cluster lies.
  public Path folder() {
    return folder;
  }

  /// A kubeconfig with all rights.
  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  /// The API server's audit log: one JSON object a line, metadata only, in the order of completion.
  public Path auditLog() {
    return folder.resolve("log/audit.log");
  }

  /// Where logs of the control plane are; those of a node are in `nodes.d/NODE/log`.
  public Path logs() {
    return folder.resolve("log");
  }

  /// A client with all rights that never repeats a request by itself. The caller closes it.
  public KubernetesClient client() {
    return client(kubeconfig());
  }

  static KubernetesClient client(Path kubeconfig) {
    return client(Config.fromKubeconfig(kubeconfig.toFile()));
  }

  static KubernetesClient client(Config config) {
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout((int) Duration.ofSeconds(5).toMillis());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /// What the node is doing.
  public Power power(String node) {
    return switch (node("state", node)) {
      case "on" -> Power.ON;
      case "frozen" -> Power.FROZEN;
      default -> Power.OFF;
    };
  }

  /// Ends all processes of a node at once, as a power cut does. Its volumes stay.
  public void powerOff(String node) {
    node("off", node);
  }

  /// Starts a node that is off. Returns when its first process runs, before the kubelet is ready.
  public void powerOn(String node) {
    node("on", node);
  }

  /// Stops all processes of a node and its pods where they stand. Connections stay open.
  public void freeze(String node) {
    node("freeze", node);
  }

  /// Lets a frozen node go on.
  public void thaw(String node) {
    node("thaw", node);
  }

  /// Runs a command inside a node: its processes, its network, its mounts.
  ///
  /// @return the last line of its output
  public String run(String node, String... command) {
    return node("run", node, command);
  }

  /// Cuts a zone off from the other zones and from the control plane.
  public void cutZone(String zone) {
    script("faults", SHORT, "zone.sh", "cut", zone);
  }

  /// Gives a zone its link back.
  public void healZone(String zone) {
    script("faults", SHORT, "zone.sh", "heal", zone);
  }

  /// Loads an image archive (OCI, by the name in its annotation) into every node that is on.
  public void loadImage(Path archive) {
    for (Layout.Node node : layout.nodes()) {
      if (power(node.name()) == Power.ON) {
        importImages(node.name(), List.of(archive));
      }
    }
  }

  /// A folder with these images unpacked, from which nodes can be made.
  String imageStore(Path stores, List<Path> archives) {
    return script("images", IMPORT, "image-store.sh", stores.toString(), texts(archives));
  }

  /// Gives a node that has never run the images of a store.
  void populate(String node, Path store, List<Path> archives) {
    List<Path> all = new ArrayList<>(List.of(store));
    all.addAll(archives);
    node(IMPORT, "populate", node, texts(all));
  }

  private static String[] texts(List<Path> paths) {
    return paths.stream().map(Path::toString).toArray(String[]::new);
  }

  void importImages(String node, List<Path> archives) {
    node(IMPORT, "import", node, texts(archives));
  }

  /// Stops a component of the control plane: `etcd`, `kube-apiserver`, `kube-controller-manager` or
  /// `kube-scheduler`.
  public void stop(String component) {
    script(component, SHORT, "control-plane.sh", "stop", component);
  }

  /// Starts a component of the control plane; for the API server, waits until it answers.
  public void start(String component) {
    script(component, Duration.ofSeconds(150), "control-plane.sh", "start", component);
  }

  /// Whether a component of the control plane has processes.
  boolean runs(String component) {
    return !script(component, SHORT, "control-plane.sh", "running", component).isEmpty();
  }

  /// Whether the process that makes volumes runs.
  boolean runsProvisioner() {
    return !script("services", SHORT, "service.sh", "running", "provisioner").isEmpty();
  }

  String script(String log, Duration deadline, String script, String action, String... rest) {
    String[] arguments = new String[rest.length + 2];
    arguments[0] = folder.toString();
    arguments[1] = action;
    System.arraycopy(rest, 0, arguments, 2, rest.length);
    Path file = logs().resolve(log + ".log");
    return scripts.run(new Scripts.Run(file, deadline), script, arguments);
  }

  private String node(String action, String node, String... rest) {
    return node(SHORT, action, node, rest);
  }

  private String node(Duration deadline, String action, String node, String... rest) {
    if (layout.node(node).isEmpty()) {
      throw new IllegalArgumentException("no node is called " + node);
    }
    String[] arguments = new String[rest.length + 1];
    arguments[0] = node;
    System.arraycopy(rest, 0, arguments, 1, rest.length);
    return script(node, deadline, "node.sh", action, arguments);
  }
}
