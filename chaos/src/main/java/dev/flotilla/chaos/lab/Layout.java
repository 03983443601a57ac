package dev.flotilla.chaos.lab;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Names and addresses of a cluster, all derived from its number.
///
/// Everything lies in 198.18.0.0/15, which is set aside for test networks and never routed, or on
/// loopback. Cluster 3 has its nodes in 198.18.48.0/24 (the gateway is .1), the pods of its node
/// *k* in 198.18.(48 + k).0/24 and its services in 198.19.3.0/24.
public record Layout(LabSpec spec) {

  private static final int RANGES_PER_CLUSTER = 16;
  private static final int FIRST_NODE_ADDRESS = 11;

  /// One node.
  ///
  /// @param name the Kubernetes name of the node
  /// @param zone the zone's name, as in the label `topology.kubernetes.io/zone`
  /// @param address IPv4 address
  /// @param pods address range of its pods
  /// @param link its cable, as seen on this machine
  public record Node(String name, String zone, String address, String pods, String link) {}

  /// The control group below which everything of the cluster runs.
  public String controlGroup() {
    return "flotilla-" + spec.number();
  }

  /// The core bridge; every other link's name begins with it and a dash.
  public String link() {
    return "fl" + spec.number();
  }

  /// Where etcd listens, and what serves only this machine.
  public String loopback() {
    return "127.1.0." + (spec.number() + 1);
  }

  /// Where the API server listens, port 6443: on the bridge if there are nodes that must reach it.
  public String api() {
    return spec.zones().isEmpty() ? loopback() : gateway();
  }

  /// The core bridge's own address.
  public String gateway() {
    return "198.18." + firstRange() + ".1";
  }

  /// Address range of services: room for 254. Without nodes nothing leads to them, so that control
  /// planes may share a larger range, and benchmarks make hundreds.
  public String services() {
    return spec.zones().isEmpty() ? "198.19.0.0/16" : "198.19." + spec.number() + ".0/24";
  }

  /// The service address of the API server: the first of the range.
  public String apiService() {
    return "198.19." + (spec.zones().isEmpty() ? 0 : spec.number()) + ".1";
  }

  /// The service address of cluster DNS.
  public String dns() {
    return "198.19." + spec.number() + ".10";
  }

  /// The label `topology.kubernetes.io/region`.
  public String region() {
    return "lab-" + spec.number();
  }

  /// All nodes, zone by zone.
  public List<Node> nodes() {
    return IntStream.range(0, spec.nodes()).mapToObj(this::node).toList();
  }

  /// The node of that name.
  public Optional<Node> node(String name) {
    return nodes().stream().filter(node -> node.name().equals(name)).findFirst();
  }

  private Node node(int index) {
    String zone = spec.zones().get(index / spec.nodesPerZone());
    String place = zone + "-" + (index % spec.nodesPerZone() + 1);
    return new Node(
        "node-" + place,
        zone,
        "198.18." + firstRange() + "." + (FIRST_NODE_ADDRESS + index),
        "198.18." + (firstRange() + 1 + index) + ".0/24",
        link() + "-" + place);
  }

  private int firstRange() {
    return RANGES_PER_CLUSTER * spec.number();
  }
}
