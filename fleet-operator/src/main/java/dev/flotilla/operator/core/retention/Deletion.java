package dev.flotilla.operator.core.retention;

/// Whether a database's resource is being deleted.
///
/// Source: D3 in docs/requirements.md;
/// docs/adr/0029-deletion-is-confirmed-and-volumes-outlive-it.md
public enum Deletion {
  /// It is not.
  NONE,
  /// It is, and nobody has said that this very one is meant.
  UNCONFIRMED,
  /// It is, and its annotation `flotilla.dev/confirm-delete` names it with its uid.
  CONFIRMED;

  /// Whether it is being deleted at all.
  public boolean isGoing() {
    return this != NONE;
  }

  /// What stands in the annotation of one that is confirmed.
  public static String confirmation(String name, String uid) {
    return name + "/" + uid;
  }
}
