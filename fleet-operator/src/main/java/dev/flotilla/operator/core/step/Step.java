package dev.flotilla.operator.core.step;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.Revision;
import java.time.Instant;
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

  /// Records new members and drains, or what became of known ones, in the store; all of them or
  /// none.
  ///
  /// @param expected the store's revision that this was decided on
  record Commit(
      Revision expected, List<MemberRecord> members, List<DrainRecord> drains, Reason reason)
      implements Step {
    public Commit {
      members = List.copyOf(members);
      drains = List.copyOf(drains);
    }

    /// Records members alone.
    public Commit(Revision expected, List<MemberRecord> members, Reason reason) {
      this(expected, members, List.of(), reason);
    }

    /// A person's request names its members, so what holds it back is told of the one it is about.
    @Override
    public Optional<MemberName> subject() {
      return drains.stream()
          .filter(drain -> drain.purpose() instanceof DrainRecord.Purpose.Request)
          .map(DrainRecord::member)
          .findFirst()
          .or(() -> members.stream().flatMap(member -> member.instead().stream()).findFirst());
    }

    /// Records what became of one drain.
    public static Commit of(Revision expected, DrainRecord drain, Reason reason) {
      return new Commit(expected, List.of(), List.of(drain), reason);
    }
  }

  /// Writes into the annotation of a volume claim how its member's drain stands, so that it is
  /// known without the store.
  ///
  /// @param uid of the claim
  /// @param resourceVersion of the claim that this was decided on
  /// @param drain what is written; empty to take the annotation away
  record NoteDrain(
      MemberRecord member,
      String uid,
      String resourceVersion,
      Optional<DrainRecord> drain,
      Reason reason)
      implements Step {
    @Override
    public Optional<MemberName> subject() {
      return Optional.of(member.name());
    }
  }

  /// Tells the engine to move everything off a member, and reads that back. Its drain lists the
  /// mark already.
  record Mark(DrainRecord drain, Reason reason) implements Step {
    @Override
    public Optional<MemberName> subject() {
      return Optional.of(drain.member());
    }
  }

  /// Takes a drain's mark away from the engine, reads back that it is gone, and only then off the
  /// drain's list.
  ///
  /// @param expected the store's revision that this was decided on
  record Release(Revision expected, DrainRecord drain, Reason reason) implements Step {
    @Override
    public Optional<MemberName> subject() {
      return Optional.of(drain.member());
    }
  }

  /// Reads once more that a member holds nothing, and records that it is given up: the point of no
  /// return.
  ///
  /// @param expected the store's revision that this was decided on
  /// @param drain as it is before
  record GiveUp(Revision expected, DrainRecord drain, Reason reason) implements Step {
    @Override
    public Optional<MemberName> subject() {
      return Optional.of(drain.member());
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

  /// Writes into an annotation of a volume claim until when it is kept, or takes that away.
  ///
  /// @param member that used it, or uses it again
  /// @param uid of the claim
  /// @param resourceVersion of the claim that this was decided on
  /// @param until empty to take the annotation away
  record RetainVolume(
      MemberRecord member,
      String uid,
      String resourceVersion,
      Optional<Instant> until,
      Reason reason)
      implements Step {
    @Override
    public Optional<MemberName> subject() {
      return Optional.of(member.name());
    }
  }

  /// Deletes the volume claim of a member that was emptied and has gone, or whose database was
  /// deleted, once the time is over for which it was kept. Its data is lost.
  ///
  /// @param owner uid of the database's resource; empty if there must be none
  /// @param uid of the claim, so that a namesake made meanwhile is spared
  /// @param resourceVersion of the claim that this was decided on, so that a changed one is looked
  ///   at again
  /// @param until when it was to be kept
  record DeleteVolume(
      MemberRecord member,
      Optional<String> owner,
      String uid,
      String resourceVersion,
      Instant until,
      Reason reason)
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

  /// Ends a member's pod so that a new one takes its place on the same volume. Right before, the
  /// engine is asked once more who serves.
  ///
  /// @param uid the pod that is meant
  /// @param resourceVersion the pod's version that this was decided on
  /// @param idle whether the member serves nothing, so that nothing is taken away with its pod
  /// @param others the members that have to serve meanwhile; nobody if it is idle
  record RestartPod(
      MemberName member,
      String uid,
      String resourceVersion,
      boolean idle,
      List<MemberName> others,
      Reason reason)
      implements Step {
    public RestartPod {
      others = List.copyOf(others);
    }

    /// The same as a plain end of a pod.
    public DeletePod deletion() {
      return new DeletePod(member, uid, resourceVersion, reason);
    }

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
