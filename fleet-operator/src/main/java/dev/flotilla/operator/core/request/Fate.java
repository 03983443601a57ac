package dev.flotilla.operator.core.request;

/// How far one member of a request is.
public enum Fate {
  /// Nothing was done yet.
  WAITING,
  /// A new member was made that is to take its place; its own drain has not begun.
  PREPARING,
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
    return switch (this) {
      case PREPARING, DRAINING, CANCELLING, REMOVING, RESTARTING -> true;
      case WAITING, REMOVED, RESTARTED, KEPT -> false;
    };
  }
}
