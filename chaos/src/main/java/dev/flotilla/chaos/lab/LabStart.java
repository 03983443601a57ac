package dev.flotilla.chaos.lab;

import dev.flotilla.chaos.lab.progress.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Brings a cluster up, or repairs it: each step finds out what is missing and does that.
///
/// Every wait has a deadline and says what it waits for.
final class LabStart {

  /// After this long without a sign of life a node counts as not ready. The default of 50 s would
  /// be long to watch; the kubelets renew their leases every 2 s.
  private static final int GRACE_SECONDS = 16;

  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final Duration CONTROL_PLANE = Duration.ofSeconds(150);
  private static final List<String> CONTROL_PLANE_ALONE =
      List.of("etcd", "kube-apiserver", "kube-controller-manager");
  private static final List<String> CONTROL_PLANE_WITH_NODES =
      Stream.concat(CONTROL_PLANE_ALONE.stream(), Stream.of("kube-scheduler")).toList();

  private final Places places;
  private final Layout layout;
  private final Path folder;
  private final Warehouse warehouse;
  private final Lab lab;

  LabStart(Places places, Map<String, String> environment, LabSpec spec) {
    this.places = places;
    layout = new Layout(spec);
    folder = places.cluster(spec.number());
    warehouse = new Warehouse(places, environment);
    lab = new Lab(places, layout);
  }

  /// A part of the start that a person sees as one line.
  ///
  /// @param action does it and returns the summary
  private record Step(String name, Action action) {}

  @FunctionalInterface
  private interface Action {
    String run(Progress.Phase phase);
  }

  /// Everything that `up` does, in order.
  private List<Step> steps() {
    return List.of(
        new Step("programs", this::programs),
        new Step("images", this::images),
        new Step("network", this::network),
        new Step("control plane", this::controlPlane),
        new Step("nodes", this::nodes),
        new Step("add-ons", this::addOns));
  }

  /// What a control plane for fake pods needs.
  private List<Step> stepsWithoutNodes() {
    return List.of(
        new Step("programs", this::programs), new Step("control plane", this::controlPlane));
  }

  /// Runs all steps.
  ///
  /// @throws LabFailure from the first that fails
  Lab run(Progress progress) {
    for (Step step : hasNodes() ? steps() : stepsWithoutNodes()) {
      Progress.Phase phase = progress.begin(step.name());
      try {
        phase.done(step.action().run(phase));
      } catch (LabFailure e) {
        phase.failed(e.getMessage());
        throw e;
      }
    }
    return lab;
  }

  private String programs(Progress.Phase phase) {
    Supplies supplies =
        new Supplies(warehouse.programs(phase), warehouse.packages(phase), Warehouse.triplet());
    new Settings(folder).write(layout, supplies, GRACE_SECONDS);
    layout.nodes().forEach(node -> configure(node, supplies));
    return "from " + places.cache();
  }

  private String images(Progress.Phase phase) {
    List<Path> archives = warehouse.images(Path.of(new Settings(folder).packages()), phase);
    phase.detail("unpack");
    Path store = Path.of(lab.imageStore(places.cache().resolve("stores"), archives));
    for (Layout.Node node : layout.nodes()) {
      lab.populate(node.name(), store, archives);
    }
    return archives.size() + " from " + places.images();
  }

  private void configure(Layout.Node node, Supplies supplies) {
    String below = "nodes.d/" + node.name() + "/";
    MachineShare share = MachineShare.ofThisMachine(layout.spec().nodes());
    Map<String, String> values = new LinkedHashMap<>();
    values.put("NAME", node.name());
    values.put("NODE", folder.resolve("nodes.d").resolve(node.name()).toString());
    values.put("STATE", folder.toString());
    values.put("ADDRESS", node.address());
    values.put("PODS", node.pods());
    values.put("DNS", layout.dns());
    values.put("CGROUP", layout.controlGroup());
    values.put("DEBIAN", supplies.packages().toString());
    values.put("RESERVED_CPU", share.reservedCpu());
    values.put("RESERVED_MEMORY", share.reservedMemory());
    Settings settings = new Settings(folder);
    Path config = places.scripts().resolve("config");
    Map.of(
            "containerd.toml", "containerd.toml",
            "kubelet.yaml", "kubelet.yaml",
            "pods.conflist", "cni/pods.conflist")
        .forEach((from, to) ->
            settings.replace(below + to, Template.read(config.resolve(from)).fill(values)));
  }

  private String network(Progress.Phase phase) {
    new KernelSettings(places).raise(layout.spec().number() > 0);
    lab.script("network", SHORT, "network.sh", "up");
    return layout.spec().zones().size() + " zones around " + layout.gateway();
  }

  private String controlPlane(Progress.Phase phase) {
    Credentials credentials = new Credentials(folder, layout);
    if (!credentials.exist()) {
      phase.detail("certificates");
      credentials.create();
    }
    List<String> components = hasNodes() ? CONTROL_PLANE_WITH_NODES : CONTROL_PLANE_ALONE;
    for (String component : components) {
      lab.script(component, SHORT, "control-plane.sh", "check", component);
    }
    for (String component : components) {
      phase.detail(component);
      lab.script(component, CONTROL_PLANE, "control-plane.sh", "start", component);
    }
    try (KubernetesClient client = lab.client()) {
      String version = client.getKubernetesVersion().getGitVersion();
      return "Kubernetes " + version.substring(1) + " at https://" + layout.api() + ":6443";
    }
  }

  private String nodes(Progress.Phase phase) {
    return new NodeStart(lab, places).run(phase);
  }

  private String addOns(Progress.Phase phase) {
    AddOns addOns = new AddOns(lab, places);
    String summary = addOns.run(phase);
    CONTROL_PLANE_WITH_NODES.stream()
        .filter(component -> !lab.runs(component))
        .findFirst()
        .ifPresent(component -> {
          throw new LabFailure(
              component + " has ended", "./flotilla up", lab.logs().resolve(component + ".log"));
        });
    return summary;
  }

  private boolean hasNodes() {
    return !layout.spec().zones().isEmpty();
  }
}
