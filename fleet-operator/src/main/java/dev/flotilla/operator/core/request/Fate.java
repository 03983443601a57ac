package dev.flotilla.operator.core.request;

/// How far one member of a request is.
public enum Fate {
  /// Nothing was done yet.
  WAITING,
  /// Its data is moving away.
  DRAINING,
  /// Its drain is being taken back.
  CANCELLING,
  /// It was given up: there is no way back.
  REMOVING,
  /// It has gone; its volume is kept.
  REMOVED,
  /// Its pod is being made anew.
  RESTARTING,
  /// Its pod was made anew, and it serves.
  RESTARTED,
  /// Its drain was taken back, and it serves as before.
  KEPT;

  /// Whether something is on its way.
  public boolean isMoving() {
    return this == DRAINING || this == CANCELLING || this == REMOVING || this == RESTARTING;
  }
}
