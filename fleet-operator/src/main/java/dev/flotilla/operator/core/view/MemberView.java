package dev.flotilla.operator.core.view;

import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.MemberState;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Zone;
import java.time.Instant;
import java.util.Optional;

/// One recorded member with what exists of it.
///
/// @param drain its drain, as recorded: the one that is open, or the last one; empty if there was
///   none
/// @param volume empty if there is no claim of its name
/// @param pod empty if there is no pod of its name
/// @param certificateExpires when its certificate ends; empty if it has none
public record MemberView(
    MemberRecord record,
    Optional<DrainRecord> drain,
    Optional<VolumeView> volume,
    Optional<PodView> pod,
    Optional<Instant> certificateExpires) {

  /// How far it has come in its life.
  public Stage stage() {
    return drain
        .map(DrainRecord::stage)
        .filter(stage -> stage != Stage.PROVISIONED)
        .orElse(record.state() == MemberState.ALLOCATED ? Stage.ALLOCATED : Stage.PROVISIONED);
  }

  /// Its drain, as long as something is to be done for it.
  public Optional<DrainRecord> openDrain() {
    return drain.filter(DrainRecord::isOpen);
  }

  public MemberName name() {
    return record.name();
  }

  public PoolName pool() {
    return record.pool();
  }

  public Zone zone() {
    return record.zone();
  }

  /// Whether its pod is up, as far as Kubernetes can tell.
  public boolean isReady() {
    return pod.filter(body -> body.ready() && !body.terminating()).isPresent();
  }

  public Optional<String> node() {
    return pod.flatMap(PodView::node);
  }

  /// What a person names who means this very body: the uid of its pod, and of its volume if it has
  /// no pod.
  public Optional<String> bodyUid() {
    return pod.map(PodView::uid).or(() -> volume.map(VolumeView::uid));
  }
}
