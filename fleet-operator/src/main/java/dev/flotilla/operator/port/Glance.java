package dev.flotilla.operator.port;

import dev.flotilla.operator.core.view.ClusterView;

/// What there is to see of a cluster for somebody who only wants to look.
public sealed interface Glance {

  /// The view that the next pass begins with.
  record Seen(ClusterView view) implements Glance {}

  /// There is no such cluster.
  record Absent() implements Glance {}

  /// Its specification cannot be used, so nothing is done about it.
  ///
  /// @param message names the field and the remedy
  record Illegal(String message) implements Glance {}

  /// This operator does not know.
  ///
  /// @param why one clause for people
  record Blind(String why) implements Glance {}
}
