package dev.flotilla.topology.model;

import java.util.Comparator;

/// Which cluster is meant: the namespace and name of its `DatabaseCluster`, printed
/// `namespace/name`.
///
/// @param namespace a DNS label, 1 to 63 characters
/// @param name a DNS label, 1 to 63 characters
public record ClusterRef(String namespace, String name) implements Comparable<ClusterRef> {

  private static final Comparator<ClusterRef> ORDER =
      Comparator.comparing(ClusterRef::namespace).thenComparing(ClusterRef::name);

  public ClusterRef {
    Names.requireLabel("namespace", namespace, 63);
    Names.requireLabel("cluster name", name, 63);
  }

  @Override
  public int compareTo(ClusterRef other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
