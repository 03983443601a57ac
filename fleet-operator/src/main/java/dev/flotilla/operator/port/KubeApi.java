package dev.flotilla.operator.port;

import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.status.OperationReport;
import dev.flotilla.operator.core.status.StatusReport;
import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberRecord;
import java.util.Optional;

/// The Kubernetes API server: consistent reads, and every write that the operator makes.
///
/// Each method makes exactly one attempt per request, answers within 10 seconds, and ends early
/// when the signal fires. A repeated POST once met the 409 of its own first try, so nothing is
/// repeated here. Writes are what the operator is allowed to do.
public interface KubeApi {

  // Consistent reads: what the API server itself says now, never a cache.

  /// Every member that a claim or a pod of the cluster tells of, and its drain if its claim tells
  /// of one, for rebuilding the store. Claims and pods whose record is damaged or was written on
  /// another claim are left out; they stay visible as volumes of the cache.
  Reading<Remains> readMembers(StopSignal stop, ClusterRef cluster);

  /// The tenant's Secret; known and empty if there is none.
  Reading<Optional<TenantSecret>> readTenant(StopSignal stop, ClusterRef cluster);

  // Writes.

  /// Creates the tenant's Secret `<cluster>-tenant`; never changes one that exists. It has no
  /// owner, so that it outlives the cluster's resource.
  WriteResult createTenant(StopSignal stop, ClusterRef cluster, TenantSecret secret);

  /// Adds the engine's uuid to the tenant's Secret, if it holds none.
  WriteResult recordFormation(StopSignal stop, ClusterRef cluster, String engineUuid);

  /// Applies the Secret `<member>-tls`, owned by the member's pool.
  WriteResult applyCertificate(StopSignal stop, MemberRecord member, MemberCertificate leaf);

  /// Applies a kept object as field manager `flotilla`. Only the operator's own generated objects
  /// are taken back by force.
  WriteResult apply(StopSignal stop, ClusterRef cluster, KeptObject object);

  /// Creates the claim `data-<member>`, ReadWriteOncePod, without owner. Done also if the very same
  /// one is there, made by an attempt whose answer was lost.
  WriteResult createVolume(StopSignal stop, Step.CreateVolume volume);

  /// Makes the claim ask for more, if it is still at this version.
  WriteResult growVolume(StopSignal stop, Step.GrowVolume growth);

  /// Writes into the annotation `flotilla.dev/retained-until` of the claim until when it is kept,
  /// or takes that away, if the claim is still at this version.
  WriteResult retainVolume(StopSignal stop, Step.RetainVolume retained);

  /// Deletes the claim that has this uid and resourceVersion; another one is spared. So is any if
  /// the API server itself says now that the database's resource is another one than the step
  /// names, or that a pod of the member exists.
  WriteResult deleteVolume(StopSignal stop, Step.DeleteVolume volume);

  /// Creates the pod. Pods are created and never applied: most of a pod cannot be changed. Done
  /// also if a live one of the same member and pool is there, made by an attempt whose answer was
  /// lost.
  WriteResult createPod(StopSignal stop, PodDraft pod);

  /// Writes the fingerprint into the pod's annotation `flotilla.dev/seeds`, so that its kubelet
  /// reads its volumes anew. A namesake with another uid is spared.
  WriteResult nudgePod(StopSignal stop, ClusterRef cluster, Step.NudgePod nudge);

  /// Deletes the pod that has this uid and resourceVersion, gracefully; another one is spared.
  WriteResult deletePod(StopSignal stop, ClusterRef cluster, Step.DeletePod pod);

  /// Writes the complete record into the claim's annotation, if the claim is still at this version.
  WriteResult stampVolume(StopSignal stop, Step.StampVolume stamp);

  /// Writes how a member's drain stands into the annotation `flotilla.dev/drain` of its claim, or
  /// takes that away, if the claim is still at this version.
  WriteResult noteDrain(StopSignal stop, Step.NoteDrain note);

  /// Replaces the status of the cluster and of its pools, unless it says the same already.
  WriteResult writeStatus(StopSignal stop, ClusterRef cluster, StatusReport report);

  /// Replaces the status of an operation about the cluster, unless it says the same already, or was
  /// written just now and only the amount that is left has changed.
  WriteResult writeOperation(StopSignal stop, ClusterRef cluster, OperationReport report);

  // Who acts.

  /// Raises the epoch in the ConfigMap `flotilla-store` by compare-and-set and gives the new one.
  Reading<Epoch> takeOver(StopSignal stop);

  /// Shows an epoch that came with the store's lease in the ConfigMap `flotilla-store`, by
  /// compare-and-set.
  ///
  /// One that is not higher than what is shown there, and was not shown by this holder, comes from
  /// a store that is older than what has acted: that is noted there, and nobody acts on such a
  /// store before a person has taken the note away.
  Reading<Mirrored> mirror(StopSignal stop, Epoch epoch, String holder);

  /// Whether the ConfigMap `flotilla-store` shows this epoch of this holder now, past every cache.
  Reading<Boolean> shows(StopSignal stop, Epoch epoch, String holder);

  /// Takes away what keeps operators from acting by the store's lease: a person has said what
  /// counts, and the store says that, too.
  WriteResult resume(StopSignal stop);
}
