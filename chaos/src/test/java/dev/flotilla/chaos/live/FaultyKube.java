package dev.flotilla.chaos.live;

import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.status.OperationReport;
import dev.flotilla.operator.core.status.StatusReport;
import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.MemberCertificate;
import dev.flotilla.operator.port.Mirrored;
import dev.flotilla.operator.port.Remains;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberRecord;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// The real API server's port with something that happens before or after the n-th call that
/// writes.
final class FaultyKube implements KubeApi {

  private final KubeApi kube;
  private IntConsumer before = n -> {};
  private IntConsumer after = n -> {};
  private int calls;

  FaultyKube(KubeApi kube) {
    this.kube = kube;
  }

  /// The process ended. An error, so that nothing in the operator can go on after it.
  static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  void before(int at, Runnable act) {
    before =
        n -> {
          if (n == at) {
            act.run();
          }
        };
  }

  void after(int at, Runnable act) {
    after =
        n -> {
          if (n == at) {
            act.run();
          }
        };
  }

  /// Calls so far that may have written.
  int calls() {
    return calls;
  }

  private <T> T write(Supplier<T> call) {
    int n = ++calls;
    before.accept(n);
    var result = call.get();
    after.accept(n);
    return result;
  }

  @Override
  public Reading<Remains> readMembers(StopSignal stop, ClusterRef cluster) {
    return kube.readMembers(stop, cluster);
  }

  @Override
  public Reading<Optional<TenantSecret>> readTenant(StopSignal stop, ClusterRef cluster) {
    return kube.readTenant(stop, cluster);
  }

  @Override
  public WriteResult createTenant(StopSignal stop, ClusterRef cluster, TenantSecret secret) {
    return write(() -> kube.createTenant(stop, cluster, secret));
  }

  @Override
  public WriteResult recordFormation(StopSignal stop, ClusterRef cluster, String engineUuid) {
    return write(() -> kube.recordFormation(stop, cluster, engineUuid));
  }

  @Override
  public WriteResult applyCertificate(
      StopSignal stop, MemberRecord member, MemberCertificate leaf) {
    return write(() -> kube.applyCertificate(stop, member, leaf));
  }

  @Override
  public WriteResult apply(StopSignal stop, ClusterRef cluster, KeptObject object) {
    return write(() -> kube.apply(stop, cluster, object));
  }

  @Override
  public WriteResult createVolume(StopSignal stop, Step.CreateVolume volume) {
    return write(() -> kube.createVolume(stop, volume));
  }

  @Override
  public WriteResult retainVolume(StopSignal stop, Step.RetainVolume retained) {
    return write(() -> kube.retainVolume(stop, retained));
  }

  @Override
  public WriteResult deleteVolume(StopSignal stop, Step.DeleteVolume volume) {
    return write(() -> kube.deleteVolume(stop, volume));
  }

  @Override
  public WriteResult createPod(StopSignal stop, PodDraft pod) {
    return write(() -> kube.createPod(stop, pod));
  }

  @Override
  public WriteResult nudgePod(StopSignal stop, ClusterRef cluster, Step.NudgePod nudge) {
    return write(() -> kube.nudgePod(stop, cluster, nudge));
  }

  @Override
  public WriteResult deletePod(StopSignal stop, ClusterRef cluster, Step.DeletePod pod) {
    return write(() -> kube.deletePod(stop, cluster, pod));
  }

  @Override
  public WriteResult stampVolume(StopSignal stop, Step.StampVolume stamp) {
    return write(() -> kube.stampVolume(stop, stamp));
  }

  @Override
  public WriteResult noteDrain(StopSignal stop, Step.NoteDrain note) {
    return write(() -> kube.noteDrain(stop, note));
  }

  @Override
  public WriteResult growVolume(StopSignal stop, Step.GrowVolume growth) {
    return write(() -> kube.growVolume(stop, growth));
  }

  @Override
  public WriteResult writeStatus(StopSignal stop, ClusterRef cluster, StatusReport report) {
    return write(() -> kube.writeStatus(stop, cluster, report));
  }

  @Override
  public WriteResult writeOperation(StopSignal stop, ClusterRef cluster, OperationReport report) {
    return write(() -> kube.writeOperation(stop, cluster, report));
  }

  @Override
  public Reading<Epoch> takeOver(StopSignal stop) {
    return write(() -> kube.takeOver(stop));
  }

  @Override
  public Reading<Mirrored> mirror(StopSignal stop, Epoch epoch, String holder) {
    return write(() -> kube.mirror(stop, epoch, holder));
  }

  @Override
  public Reading<Boolean> shows(StopSignal stop, Epoch epoch, String holder) {
    return kube.shows(stop, epoch, holder);
  }

  @Override
  public WriteResult resume(StopSignal stop) {
    return write(() -> kube.resume(stop));
  }
}
