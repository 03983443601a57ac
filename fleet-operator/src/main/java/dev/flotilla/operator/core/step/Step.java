package dev.flotilla.operator.core.step;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.Revision;
import java.util.List;
import java.util.Optional;

/// One thing to do. Inert: nothing happens until the shell executes it.
public sealed interface Step {

  /// Why it is done, in the words that status and events use.
  Reason reason();

  /// The member it is about; empty if it is about the cluster as a whole.
  default Optional<MemberName> subject() {
    return Optional.empty();
  }

  default Kind kind() {
    return StepType.of(this).kind();
  }

  /// What may happen if a step is repeated or comes too late.
  enum Kind {
    /// Nothing more than if it happened once.
    IDEMPOTENT,
    /// Something is gone. At most one such step is executed before the world is looked at again.
    DESTRUCTIVE
  }

  /// Creates the tenant's Secret: its identity, its certificate authority and its log-ins. Never
  /// overwrites one.
  record FoundTenant(Reason reason) implements Step {}

  /// Records new members, or what became of known ones, in the store; all of them or none.
  ///
  /// @param expected the store's revision that this was decided on
  record Commit(Revision expected, List<MemberRecord> members, Reason reason) implements Step {
    public Commit {
      members = List.copyOf(members);
    }
  }

  /// Makes an object as it is wanted, by server-side apply.
  record Apply(KeptObject object, Reason reason) implements Step {}

  /// Gives a member its certificate, signed by the tenant's authority and naming the member, never
  /// an address.
  record IssueCertificate(MemberRecord member, Reason reason) implements Step {
    @Override
    public Optional<MemberName> subject() {
      return Optional.of(member.name());
    }
  }

  /// Creates a member's volume claim. Comes before its pod, which could not start without it.
  ///
  /// @param size a Kubernetes quantity
  /// @param storageClass the class by name, never left to a default that may change
  record CreateVolume(MemberRecord member, String size, String storageClass, Reason reason)
      implements Step {
    @Override
    public Optional<MemberName> subject() {
      return Optional.of(member.name());
    }
  }

  /// Makes a member's volume claim ask for more.
  ///
  /// @param uid of the claim
  /// @param resourceVersion of the claim that this was decided on
  /// @param size a Kubernetes quantity, more than it has
  record GrowVolume(
      MemberRecord member, String uid, String resourceVersion, String size, Reason reason)
      implements Step {
    @Override
    public Optional<MemberName> subject() {
      return Optional.of(member.name());
    }
  }

  /// Creates a member's pod on its volume. Meets 409 as long as an older body of that name exists.
  record CreatePod(PodDraft pod, Reason reason) implements Step {
    @Override
    public Optional<MemberName> subject() {
      return Optional.of(pod.member().name());
    }
  }

  /// Changes an annotation of a pod, so that its kubelet looks at it at once.
  ///
  /// @param uid the pod that is meant
  /// @param fingerprint of what it shall read
  record NudgePod(MemberName member, String uid, String fingerprint, Reason reason)
      implements Step {
    @Override
    public Optional<MemberName> subject() {
      return Optional.of(member);
    }
  }

  /// Deletes a pod; its volume stays. Source: D10 in docs/requirements.md.
  ///
  /// @param uid the pod that is meant, so that a namesake made meanwhile is spared
  /// @param resourceVersion the pod's version that this was decided on, so that a changed pod is
  ///   looked at again
  record DeletePod(MemberName member, String uid, String resourceVersion, Reason reason)
      implements Step {
    @Override
    public Optional<MemberName> subject() {
      return Optional.of(member);
    }
  }

  /// Remembers in the tenant's Secret that the engine was formed, so that it is never formed again.
  record RecordFormation(String engineUuid, Reason reason) implements Step {}

  /// Writes the claim's own uid and the engine's uuid into a volume's record.
  ///
  /// @param uid of the claim
  /// @param resourceVersion of the claim that this was decided on
  record StampVolume(
      MemberRecord member, String uid, String resourceVersion, String engineUuid, Reason reason)
      implements Step {
    @Override
    public Optional<MemberName> subject() {
      return Optional.of(member.name());
    }
  }
}
