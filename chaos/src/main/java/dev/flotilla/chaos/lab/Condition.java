package dev.flotilla.chaos.lab;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the cluster is that is used, as the first line of `status`.
///
/// @param line for a person
/// @param exitCode as the table of exit codes says
public record Condition(String line, int exitCode) {

  /// There is no cluster.
  public static Condition none() {
    return new Condition("no local cluster; start one with ./flotilla up", Exit.ABSENT);
  }

  static Condition ofContext(String context) {
    return new Condition("cluster of context " + context + ", not started by ./flotilla up", 0);
  }

  static Condition of(Lab lab) {
    LabSpec spec = lab.layout().spec();
    String name = "local cluster " + spec.number();
    List<String> faults = new ArrayList<>();
    Stream.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler")
        .filter(component -> !lab.runs(component))
        .forEach(component -> faults.add(component + " has ended"));
    if (!lab.runsProvisioner()) {
      faults.add("volume provisioner has ended");
    }
    for (Layout.Node node : lab.layout().nodes()) {
      switch (lab.power(node.name())) {
        case ON -> {}
        case OFF -> faults.add(node.name() + " is off");
        case FROZEN -> faults.add(node.name() + " is frozen");
      }
    }
    String version = "";
    if (faults.isEmpty()) {
      try (KubernetesClient client = lab.client()) {
        version = ", Kubernetes " + client.getKubernetesVersion().getGitVersion().substring(1);
        client.nodes().list().getItems().stream()
            .filter(node -> !isReady(node))
            .forEach(node -> faults.add(node.getMetadata().getName() + " is not ready"));
      } catch (KubernetesClientException e) {
        faults.add("the API server does not answer");
      }
    }
    if (!faults.isEmpty()) {
      String all = String.join(", ", faults);
      return new Condition(
          name + ": damaged: " + all + "; repair it with ./flotilla up", Exit.REFUSED);
    }
    String zones =
        spec.zones().stream()
            .map(zone -> zone + spec.nodesPerZone())
            .collect(Collectors.joining(" "));
    return new Condition(
        "%s: running%s, zones %s, kubeconfig %s".formatted(name, version, zones, lab.kubeconfig()),
        0);
  }

  /// Whether the node's own condition says that it is ready.
  static boolean isReady(Node node) {
    return node.getStatus().getConditions().stream()
        .anyMatch(condition ->
            condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }
}
