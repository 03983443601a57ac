package dev.flotilla.operator.port;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.status.VolumeCount;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where the operator says what it does: logs, events and metrics. Never blocks and never fails its
/// caller.
public interface Telemetry {

  /// One pass began; its end is told by [#passEnded].
  void passBegan(ClusterRef cluster);

  /// One pass ended.
  ///
  /// @param outcome `ended`, `stopped` or `failed`
  void passEnded(ClusterRef cluster, String outcome, Duration took);

  /// One step was tried.
  ///
  /// @param outcome `done`, `waiting`, `retry`, `refused`, `unconfirmed` or `outdated`
  void stepEnded(ClusterRef cluster, Step step, String outcome, Duration took);

  /// Something that people want to know changed. Told once for each change, never for each look.
  ///
  /// @param subject the member concerned; empty if it is the cluster
  void announce(ClusterRef cluster, Reason reason, Optional<MemberName> subject, String message);

  /// Which problems a cluster has now; empty if none. Told at each pass.
  void problems(ClusterRef cluster, List<Reason> now);

  /// What the volumes of a cluster are for now. Told at each pass.
  void volumes(ClusterRef cluster, VolumeCount now);

  /// The operator itself failed on a cluster; a person must look.
  void fault(ClusterRef cluster, Throwable cause);
}
