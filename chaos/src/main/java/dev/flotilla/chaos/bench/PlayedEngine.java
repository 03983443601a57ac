package dev.flotilla.chaos.bench;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.MemberName;
import java.time.InstantSource;

/// An engine without engines: every member that has an address belongs to it, two form it.
final class PlayedEngine implements EnginePort {

  private static final int VOTERS = 2;

  @Override
  public Reading<EngineReport> observe(StopSignal stop, Access access) {
    var members =
        access.addresses().keySet().stream()
            .map(MemberName::value)
            .map(name -> new EngineReport.Node(name, name, LastPod.ENGINE_VERSION, 1, 0))
            .toList();
    if (members.size() < VOTERS) {
      return new Reading.Unknown<>("no voter was elected");
    }
    var uuid = "engine-" + access.cluster().namespace() + "-" + access.cluster().name();
    var report = new EngineReport(uuid, EngineReport.Health.GREEN, members);
    return new Reading.Known<>(report, InstantSource.system().instant());
  }
}
