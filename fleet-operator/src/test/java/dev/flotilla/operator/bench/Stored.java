package dev.flotilla.operator.bench;

/// An object as [FakeCluster] holds it.
///
/// @param version the cluster's revision at its last change
record Stored(String uid, long version, Thing thing) {

  String resourceVersion() {
    return Long.toString(version);
  }
}
