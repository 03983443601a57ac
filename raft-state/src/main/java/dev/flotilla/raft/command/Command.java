package dev.flotilla.raft.command;

import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.Transaction;
import java.time.Duration;

/// What every voter does to its copy of the store. One entry of the log carries one command.
public sealed interface Command {

  /// Whether it may be sent again while nobody knows what became of it: to be carried out twice
  /// comes to the same as once.
  ///
  /// A lease that was taken and has ended since would be taken a second time, under another epoch:
  /// one question, two holders' terms. Whoever asks for a lease asks again by itself.
  default boolean mayRepeat() {
    return !(this instanceof Take);
  }

  /// Carries out a transaction, or finds that it must not be.
  record Commit(Transaction transaction) implements Command {}

  /// Takes a lease that is free, or prolongs one's own.
  ///
  /// @param holder who asks; 1 to 253 characters
  /// @param time more than zero, at most [#MAX_TIME]
  record Take(LeaseName lease, String holder, Duration time) implements Command {

    /// Whoever wants to hold it for longer prolongs it.
    public static final Duration MAX_TIME = Duration.ofDays(1);

    /// As long as the name of a pod may be.
    private static final int MAX_HOLDER = 253;

    public Take {
      if (holder.isEmpty() || holder.length() > MAX_HOLDER) {
        throw new IllegalArgumentException(
            "a holder has 1 to %d characters, was \"%s\"".formatted(MAX_HOLDER, holder));
      }
      if (!time.isPositive() || time.compareTo(MAX_TIME) > 0) {
        throw new IllegalArgumentException(
            "a lease lasts up to %s, was %s".formatted(MAX_TIME, time));
      }
    }
  }

  /// Gives a lease back before its time.
  record Release(LeaseName lease, String holder, Epoch epoch) implements Command {}

  /// Changes nothing. Who sees it applied has seen everything that was committed before it was
  /// asked for.
  record Barrier() implements Command {}
}
