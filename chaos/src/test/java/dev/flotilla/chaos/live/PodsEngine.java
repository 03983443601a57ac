package dev.flotilla.chaos.live;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.StopSignal;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;

/// The engine behind fake pods: it is formed when two members are ready, and stays what it is.
final class PodsEngine implements EnginePort {

  private final KubernetesClient client;

  PodsEngine(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Reading<EngineReport> observe(StopSignal stop, Access access) {
    var nodes =
        client.pods().inNamespace(access.cluster().namespace()).list().getItems().stream()
            .filter(FakeKubelets::isReady)
            .map(pod -> pod.getMetadata().getName())
            .map(name -> new EngineReport.Node(name, name, "9.5.3", 1, 0))
            .toList();
    if (nodes.size() < 2) {
      return new Reading.Unknown<>("no voter was elected");
    }
    var uuid = "engine-" + access.cluster().namespace();
    var report = new EngineReport(uuid, EngineReport.Health.GREEN, nodes);
    return new Reading.Known<>(report, InstantSource.system().instant());
  }
}
