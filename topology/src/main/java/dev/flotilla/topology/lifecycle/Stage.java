package dev.flotilla.topology.lifecycle;

import java.util.Arrays;
import java.util.List;

/// How far a member has come in its life, and what may become of it from there.
///
/// Up to [#REMOVING] there is a way back to [#PROVISIONED]; from there on there is none.
///
/// Source: docs/adr/0022-a-drain-is-a-record.md
public enum Stage {
  /// It has a name and a slot; nobody has seen its volume yet.
  ALLOCATED,

  /// It has a volume, and serves if its pod runs.
  PROVISIONED,

  /// Its data is to move to others. It keeps its pod and serves what it still has.
  DRAINING,

  /// Its drain is being taken back.
  CANCELLING,

  /// It was found to be empty and was given up. Its pod may still exist.
  REMOVING,

  /// Its pod and its place in the engine are gone, and its mark with them. Its name is never given
  /// again.
  REMOVED;

  /// What moves a member from one stage to another: each act is possible at one stage only.
  public enum Act {
    /// Its volume was seen.
    PROVISION(ALLOCATED, PROVISIONED),
    /// Its drain is recorded, before anything is asked of the engine.
    DRAIN(PROVISIONED, DRAINING),
    /// Its drain shall be taken back, whoever wants it.
    CANCEL(DRAINING, CANCELLING),
    /// Nothing of its drain is left.
    RESTORE(CANCELLING, PROVISIONED),
    /// It was found to be empty, and its removal is recorded: the point of no return.
    GIVE_UP(DRAINING, REMOVING),
    /// Its pod, its place in the engine and its mark are gone.
    FINISH(REMOVING, REMOVED);

    private final Stage from;
    private final Stage to;

    Act(Stage from, Stage to) {
      this.from = from;
      this.to = to;
    }

    /// Where it is possible.
    public Stage from() {
      return from;
    }

    /// Where it leads.
    public Stage to() {
      return to;
    }
  }

  /// What is possible here.
  public List<Act> possible() {
    return Arrays.stream(Act.values()).filter(act -> act.from() == this).toList();
  }

  /// Whether it still counts as one of its pool's members that stay: those that are to go, and
  /// those that have gone, do not.
  public boolean stays() {
    return this == ALLOCATED || this == PROVISIONED || this == CANCELLING;
  }
}
