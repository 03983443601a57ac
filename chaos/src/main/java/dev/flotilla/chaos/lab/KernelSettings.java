package dev.flotilla.chaos.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Kernel settings that clusters need. They belong to the whole machine, so the old values are kept
/// and put back when the last cluster goes down.
final class KernelSettings {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Places places;
  private final Scripts scripts;

  KernelSettings(Places places) {
    this.places = places;
    scripts = new Scripts(places.scripts());
  }

  /// Raises what is too low.
  ///
  /// @param forwarding whether this machine must pass packets on: only between several clusters
  void raise(boolean forwarding) {
    run("save");
    List<String> settings =
        new ArrayList<>(
            List.of(
                // what Elasticsearch demands when it listens on the network
                "vm/max_map_count=262144",
                // a kubelet and a containerd take about 30; the default is 128 for all of root
                "fs/inotify/max_user_instances=8192"));
    if (forwarding) {
      settings.add("net/ipv4/ip_forward=1");
    }
    run("set", settings.toArray(String[]::new));
  }

  /// Puts everything back.
  void restore() {
    run("restore");
  }

  private void run(String action, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(action, places.shared().toString()));
    arguments.addAll(List.of(settings));
    scripts.run(
        new Scripts.Run(places.shared().resolve("sysctl.log"), DEADLINE),
        "sysctl.sh",
        arguments.toArray(String[]::new));
  }
}
