package dev.flotilla.operator.core.request;

/// How a request ended.
public enum Ending {
  /// Every member was emptied and has gone.
  DRAINED,
  /// Every member was emptied and has gone, and a new one serves in its place.
  REPLACED,
  /// Every member was restarted and serves.
  RESTARTED,
  /// A person wanted it back.
  CANCELLED,
  /// Its time was over.
  TIMED_OUT,
  /// What a member holds has no other place.
  INFEASIBLE,
  /// It cannot be done as it is written.
  FAILED
}
