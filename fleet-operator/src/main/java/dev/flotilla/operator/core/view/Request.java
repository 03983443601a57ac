package dev.flotilla.operator.core.view;

import dev.flotilla.topology.lifecycle.Deadline;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a person asks to be done with members of the database, as a `DatabaseOperation` says it.
///
/// Source: docs/adr/0027-an-operation-is-a-request.md
///
/// @param name of the resource
/// @param uid of the resource; the drains that are begun for it carry it
/// @param generation of its specification
/// @param created when it was made: of several, the oldest comes first
/// @param order what is wanted
/// @param over whether it says how it ended; then nothing is done for it any more
/// @param removed those of its members that were removed because of it
/// @param gone those of its members that were removed for another reason
public record Request(
    String name,
    String uid,
    long generation,
    Instant created,
    Order order,
    boolean over,
    SortedSet<String> removed,
    SortedSet<String> gone) {

  public Request {
    removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
    gone = Collections.unmodifiableSortedSet(new TreeSet<>(gone));
  }

  /// What is asked for.
  public enum Kind {
    /// The members are emptied and go.
    DRAIN,
    /// The members are stopped and started again on their volumes.
    RESTART,
    /// For each of the members a new one is made in its zone, and then it is emptied and goes.
    REPLACE
  }

  /// What shall be done with some members.
  ///
  /// @param kind what
  /// @param members as the person wrote them, which need not be names of members; of a restart
  ///   nobody means all
  /// @param cancelled whether the person wants it back
  /// @param deadline when its time is over, and what is done then
  /// @param abandoned uid of the body that the person gives up with all that it has; empty if every
  ///   protection is in force
  public record Order(
      Kind kind,
      List<String> members,
      boolean cancelled,
      Deadline deadline,
      Optional<String> abandoned) {

    public Order {
      members = members.stream().distinct().toList();
    }

    /// One that gives nothing up.
    public Order(Kind kind, List<String> members, boolean cancelled, Deadline deadline) {
      this(kind, members, cancelled, deadline, Optional.empty());
    }

    /// The same, wanted back.
    public Order cancel() {
      return new Order(kind, members, true, deadline, abandoned);
    }
  }

  /// Whether it is still to be done: nobody has taken it back, and it is not over.
  public boolean isWanted(Instant now) {
    boolean late =
        !now.isBefore(order.deadline().at())
            && order.deadline().then() == Deadline.OnTimeout.CANCEL;
    return !over && !order.cancelled() && !late;
  }

  /// Whether it asks that this member give way to a new one.
  public boolean replaces(String member) {
    return order.kind() == Kind.REPLACE && order.members().contains(member);
  }

  /// The same with what became of its members.
  public Request with(SortedSet<String> nowRemoved, SortedSet<String> nowGone) {
    return new Request(name, uid, generation, created, order, over, nowRemoved, nowGone);
  }
}
