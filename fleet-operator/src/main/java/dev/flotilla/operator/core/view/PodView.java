package dev.flotilla.operator.core.view;

import java.time.Instant;
import java.util.Optional;

/// A member's pod as last seen.
///
/// @param resourceVersion the version that this was read at; a delete names it, so that it cannot
///   hit a changed pod
/// @param created when it was made, by the clock of the API server
/// @param running whether its engine's process runs, as its kubelet last said
/// @param terminating whether it has a deletion timestamp
/// @param node empty until scheduled
/// @param ip empty until it has one; changes without the pod changing
/// @param revision of the template it was made from
/// @param nudge fingerprint of the seed addresses that its kubelet was last told to read; empty if
///   never
/// @param trouble why it does not start, if Kubernetes says so
public record PodView(
    String uid,
    String resourceVersion,
    Instant created,
    Phase phase,
    boolean ready,
    boolean running,
    boolean terminating,
    Optional<String> node,
    Optional<String> ip,
    String revision,
    Optional<String> nudge,
    Optional<Trouble> trouble) {

  /// The pod's phase as Kubernetes names it.
  public enum Phase {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    UNKNOWN
  }

  /// Why a pod does not get going.
  ///
  /// @param detail the words of Kubernetes, at most 512 characters
  public record Trouble(Kind kind, String detail) {

    public enum Kind {
      /// No node has the room that it asks for.
      NO_ROOM,
      /// No node takes it, for another reason.
      UNSCHEDULABLE,
      /// Its image cannot be had.
      IMAGE,
      /// Its container starts and ends again and again.
      CRASHING
    }
  }

  /// Whether it cannot go on by itself and no engine runs in it, so that nobody loses anything with
  /// it.
  public boolean isStuck() {
    return trouble.isPresent() && !running;
  }

  /// Whether it was made from other settings than are wanted now. Of one that does not say from
  /// which it was made nobody knows.
  ///
  /// @param wanted revision of the template
  public boolean isOutdated(String wanted) {
    return !revision.isEmpty() && !revision.equals(wanted);
  }

  /// Whether it has ended for good: evicted, preempted, completed. Such a pod is never started
  /// again.
  public boolean isOver() {
    return phase == Phase.FAILED || phase == Phase.SUCCEEDED;
  }
}
