package dev.flotilla.topology.lifecycle;

import dev.flotilla.topology.lifecycle.DrainOutcome.Undone;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.Revision;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A drain of one member, from before the engine hears of it until nothing of it is left there.
///
/// It is recorded before the engine is touched, so whoever takes over knows what to finish or to
/// take back. It can only end when no mark of it may be left.
///
/// Source: docs/adr/0022-a-drain-is-a-record.md
///
/// @param member who is drained; a name is given once, so it means no other member ever
/// @param beginning when and on whose authority it was begun
/// @param deadline until when the member should be empty, and what becomes of the drain if it is
///   not
/// @param owned marks that the engine may have because of it, written here before they are written
///   there, and taken off here after they were seen to be gone there
public record DrainRecord(
    ClusterRef cluster,
    MemberName member,
    Purpose purpose,
    Beginning beginning,
    Deadline deadline,
    DrainState state,
    SortedSet<Mark> owned) {

  public DrainRecord {
    owned = Collections.unmodifiableSortedSet(new TreeSet<>(owned));
    if (!deadline.at().isAfter(beginning.at())) {
      throw new IllegalArgumentException("a drain's deadline comes after its beginning");
    }
    if (owned.isEmpty() && state instanceof DrainState.Running) {
      throw new IllegalArgumentException("a drain that runs owns its mark");
    }
    if (!owned.isEmpty() && state instanceof DrainState.Ended) {
      throw new IllegalArgumentException("a drain that has ended owns no mark");
    }
    if (purpose instanceof Purpose.Reclaim
        && state.stage() != Stage.CANCELLING
        && state.stage() != Stage.PROVISIONED) {
      throw new IllegalArgumentException("an entry is taken back, and nobody is drained for it");
    }
  }

  /// What a member is drained for.
  public sealed interface Purpose {

    /// Its pool shall have fewer members, whichever.
    record ScaleIn() implements Purpose {}

    /// A person has named it.
    ///
    /// @param operation uid of the request
    /// @param abandoned uid of the body that the person gives up with all that it has; empty if the
    ///   member is to be emptied
    record Request(String operation, Optional<String> abandoned) implements Purpose {
      public Request {
        if (!isWord(operation) || abandoned.filter(uid -> !isWord(uid)).isPresent()) {
          throw new IllegalArgumentException("a uid is one word");
        }
      }

      /// To be emptied.
      public Request(String operation) {
        this(operation, Optional.empty());
      }
    }

    /// For nothing: somebody else keeps data off it, and nobody answers for that. What was never
    /// begun is taken back like any drain.
    ///
    /// @param setting of the engine, lasting or transient, in which the entry stands
    /// @param entry that is taken away, and nothing else
    record Reclaim(String setting, String entry) implements Purpose {
      public Reclaim {
        if (!isWord(setting) || !isWord(entry)) {
          throw new IllegalArgumentException("a setting and its entry are one word each");
        }
      }
    }

    /// Whether a text can be written as one word of a line.
    static boolean isWord(String text) {
      return !text.isBlank() && text.chars().noneMatch(Character::isWhitespace);
    }

    /// Whether it is this request for which the member is drained.
    default boolean is(String operation) {
      return this instanceof Request(var uid, var abandoned) && uid.equals(operation);
    }
  }

  /// When a drain was begun, and on whose authority.
  ///
  /// @param epoch of the operator that began it
  /// @param revision of the store that it was decided on
  /// @param generation of the specification that it was decided on
  /// @param at by that operator's clock; only a deadline follows from it, and what that leads to is
  ///   safe at any time
  /// @param stake what its member had; empty if that is not known, or too much to be remembered
  public record Beginning(
      Epoch epoch, Revision revision, long generation, Instant at, Optional<Stake> stake) {}

  /// A drain that the engine has not heard of yet.
  public static DrainRecord begun(
      ClusterRef cluster,
      MemberName member,
      Purpose purpose,
      Beginning beginning,
      Deadline deadline) {
    var owned = new TreeSet<>(List.of(Mark.EXCLUDE));
    return new DrainRecord(
        cluster, member, purpose, beginning, deadline, new DrainState.Running(), owned);
  }

  /// What somebody else keeps data off a member by, to be taken back: a drain that was never begun.
  ///
  /// @param deadline without effect
  public static DrainRecord reclaimed(
      ClusterRef cluster,
      MemberName member,
      Purpose.Reclaim purpose,
      Beginning beginning,
      Deadline deadline) {
    var state = new DrainState.Cancelling(Undone.SUPERSEDED);
    return new DrainRecord(
        cluster, member, purpose, beginning, deadline, state, new TreeSet<>(List.of(Mark.EXCLUDE)));
  }

  /// The stage of its member.
  public Stage stage() {
    return state.stage();
  }

  /// Uid of the body that a person gives up with all that it has, so that nobody waits until it is
  /// empty; empty for every other drain.
  public Optional<String> abandoned() {
    return purpose instanceof Purpose.Request(var operation, var abandoned)
        ? abandoned
        : Optional.empty();
  }

  /// Whether there is still something to be done for it.
  public boolean isOpen() {
    return !(state instanceof DrainState.Ended);
  }

  /// Whether the engine shall have its mark: until the member has gone or is wanted back.
  public boolean wantsMark() {
    return state instanceof DrainState.Running || state instanceof DrainState.Removing;
  }

  /// The same drain, to be taken back. The first reason counts, and one that is over stays over.
  ///
  /// @throws IllegalStateException if its member was given up already
  public DrainRecord cancelled(Undone why) {
    return switch (state) {
      case DrainState.Running running -> after(Stage.Act.CANCEL, new DrainState.Cancelling(why));
      case DrainState.Cancelling cancelling -> this;
      case DrainState.Removing removing -> throw impossible(Stage.Act.CANCEL);
      case DrainState.Ended ended -> this;
    };
  }

  /// The same drain once its member was found to be empty: from here on there is no way back.
  ///
  /// @throws IllegalStateException if it does not run
  public DrainRecord givenUp() {
    return after(Stage.Act.GIVE_UP, new DrainState.Removing());
  }

  /// The same drain once its marks were seen to be gone.
  ///
  /// @throws IllegalStateException if it still runs, and needs them
  public DrainRecord released() {
    if (state instanceof DrainState.Running) {
      throw new IllegalStateException("the drain of %s still needs its mark".formatted(member));
    }
    return new DrainRecord(
        cluster, member, purpose, beginning, deadline, state, Collections.emptySortedSet());
  }

  /// The same drain once nothing of it is left to do.
  ///
  /// @throws IllegalStateException if it runs, or still owns a mark
  public DrainRecord ended() {
    if (!owned.isEmpty()) {
      throw impossible(Stage.Act.FINISH);
    }
    return switch (state) {
      case DrainState.Running running -> throw impossible(Stage.Act.FINISH);
      case DrainState.Cancelling(var why) -> after(Stage.Act.RESTORE, new DrainState.Ended(why));
      case DrainState.Removing removing ->
          after(Stage.Act.FINISH, new DrainState.Ended(new DrainOutcome.Drained()));
      case DrainState.Ended ended -> this;
    };
  }

  private DrainRecord after(Stage.Act act, DrainState next) {
    if (act.from() != stage() || act.to() != next.stage()) {
      throw impossible(act);
    }
    return new DrainRecord(cluster, member, purpose, beginning, deadline, next, owned);
  }

  private IllegalStateException impossible(Stage.Act act) {
    return new IllegalStateException(
        "%s is not possible for member %s, which is %s and owns %s"
            .formatted(act, member, stage(), owned));
  }
}
