package dev.flotilla.operator.kube;

import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.topology.model.ClusterRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// An engine profile that uses everything a profile may use.
public final class SampleEngine implements EngineProfile {

  @Override
  public SortedSet<String> ownedSettings() {
    return new TreeSet<>(List.of("path"));
  }

  @Override
  public Optional<String> objectionTo(String setting) {
    return setting.startsWith("path")
        ? Optional.of(setting + " is set by the operator")
        : Optional.empty();
  }

  @Override
  public ClusterView.Blueprint blueprint(ClusterRef cluster, ClusterSpec spec) {
    return new ClusterView.Blueprint(new TreeMap<>(Map.of("engine.yml", "cluster: " + cluster)));
  }

  @Override
  public SeedFile seeds(SortedSet<String> addresses) {
    return new SeedFile("seeds.txt", String.join("\n", addresses) + "\n");
  }

  @Override
  public Container container(PodDraft pod) {
    return new Container(
        List.of("bash", "/mnt/flotilla/config/prepare.sh"),
        List.of(),
        new TreeMap<>(Map.of("node.name", pod.member().name().value(), "bind", "$(POD_IP)")),
        new TreeMap<>(Map.of("http", 9200, "transport", 9300)),
        Optional.of(9400),
        List.of(),
        "/engine/data",
        "/engine/config",
        List.of("/engine/logs", "/tmp"),
        List.of("users", "users_roles"));
  }

  @Override
  public int clientPort() {
    return 9200;
  }
}
