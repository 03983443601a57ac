package dev.flotilla.operator.bench;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.status.VolumeCount;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.port.Telemetry;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what an operator announces, and its faults.
public final class Recorder implements Telemetry {

  private final List<Step> steps = new CopyOnWriteArrayList<>();
  private final List<Reason> announced = new CopyOnWriteArrayList<>();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();

  private volatile VolumeCount volumes = VolumeCount.NONE;

  /// Every step that was tried, in order.
  public List<Step> steps() {
    return steps;
  }

  public List<Reason> announced() {
    return announced;
  }

  public List<Throwable> faults() {
    return faults;
  }

  @Override
  public void passBegan(ClusterRef cluster) {}

  @Override
  public void passEnded(ClusterRef cluster, String outcome, Duration took) {}

  @Override
  public void stepEnded(ClusterRef cluster, Step step, String outcome, Duration took) {
    steps.add(step);
  }

  @Override
  public void announce(
      ClusterRef cluster, Reason reason, Optional<MemberName> subject, String message) {
    announced.add(reason);
  }

  @Override
  public void problems(ClusterRef cluster, List<Reason> reasons) {}

  @Override
  public void volumes(ClusterRef cluster, VolumeCount now) {
    volumes = now;
  }

  /// What was told last.
  public VolumeCount volumes() {
    return volumes;
  }

  @Override
  public void fault(ClusterRef cluster, Throwable cause) {
    faults.add(cause);
  }
}
