package dev.flotilla.topology.store;

/// Something that one holder at a time may do, such as `site/eu-1`.
///
/// @param key under which its holder is recorded
public record LeaseName(Key key) implements Comparable<LeaseName> {

  /// The lease of the operator that acts on one Kubernetes cluster.
  public static LeaseName ofSite(String site) {
    return new LeaseName(new Key("site").child(site));
  }

  @Override
  public int compareTo(LeaseName other) {
    return key.compareTo(other.key);
  }

  @Override
  public String toString() {
    return key.toString();
  }
}
