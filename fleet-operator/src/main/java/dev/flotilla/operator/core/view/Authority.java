package dev.flotilla.operator.core.view;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.topology.model.Epoch;

/// Whether this operator may act for the cluster.
public sealed interface Authority {

  /// It holds the newest epoch, and has rebuilt what it knows of the cluster from a consistent
  /// list.
  record Acting(Epoch epoch) implements Authority {}

  /// Nothing can or may be recorded: members that are recorded keep their pods, and all else waits.
  ///
  /// @param epoch under which it acted last, or that the store gave it
  /// @param reason `StoreUnreachable` or `StoreHalted`
  /// @param why one clause for people
  record Minding(Epoch epoch, Reason reason, String why) implements Authority {}

  /// Another operator acts, or it is not known yet which one does.
  ///
  /// @param why one clause for people
  record NotActing(String why) implements Authority {}
}
