package dev.flotilla.operator.document;

/// One step of a plan.
///
/// @param number from 1
/// @param act what becomes of the object
/// @param step its kind, as docs/reference/steps.md names it
/// @param object what it is about, in words
/// @param member whose it is; empty if it is the database's as a whole. Of a database that does not
///   exist yet the names are not given, and this is the slot, such as `data/a#1`
/// @param pool of the member, or that is meant; may be empty
/// @param zone of the member; may be empty
/// @param reason why, a stable word of docs/reference/reasons.md
/// @param rule that asks for it, as docs/reference/gates.md names it
/// @param detail what else there is to know; may be empty
public record PlannedStep(
    int number,
    Act act,
    String step,
    String object,
    String member,
    String pool,
    String zone,
    String reason,
    String rule,
    String detail) {

  /// What becomes of an object.
  public enum Act {
    /// It does not exist yet.
    CREATE,
    /// It will be gone.
    REMOVE,
    /// It stays, and is different.
    CHANGE
  }
}
