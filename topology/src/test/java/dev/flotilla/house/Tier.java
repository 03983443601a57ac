package dev.flotilla.house;

/// A reason why a test may not run everywhere, named by a JUnit tag; a test without one needs
/// nothing.
enum Tier {
  PROCESSES("processes", "starts processes of its own: ./build verify"),
  CONTROL_PLANE("control-plane", "needs a Kubernetes API server: ./build verify"),
  CLUSTER("cluster", "needs the local cluster: ./build verify, or ./build it NAME"),
  K3S("k3s", "needs Docker: ./build verify -Pk3s"),
  LONG("long", "takes hours: ./build verify --long");

  private final String tag;
  private final String need;

  Tier(String tag, String need) {
    this.tag = tag;
    this.need = need;
  }

  /// The tag as it stands in `@Tag`.
  String tag() {
    return tag;
  }

  /// What a test of this tier needs and how to run it, as one phrase for the report.
  String need() {
    return need;
  }
}
