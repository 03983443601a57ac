package dev.flotilla.crds.condition;

/// The conditions of a `DatabaseCluster` and a `DatabasePool`.
///
/// All of them are present from the first pass on; one whose facts could not be read is `Unknown`.
/// The order is the order in which they are listed in status.
///
/// Source: UX-22 in docs/requirements.md.
public enum ConditionType {
  /// The specification is legal and is the one that is worked on.
  ACCEPTED(
      "Accepted",
      Polarity.TRUE_IS_GOOD,
      "The specification is legal and is the one that is worked on."),

  /// The database serves reads and writes; long operations do not make it false.
  AVAILABLE("Available", Polarity.TRUE_IS_GOOD, "The database serves reads and writes."),

  /// Available, and every wanted member has joined.
  READY(
      "Ready",
      Polarity.TRUE_IS_GOOD,
      "The database is available and every wanted member has joined it."),

  /// Nothing runs, nothing is pending, and the newest specification has been looked at.
  SETTLED(
      "Settled",
      Polarity.TRUE_IS_GOOD,
      "Nothing runs, nothing is pending, and the newest specification has been looked at."),

  /// Every wanted zone has a node that can take members.
  ZONES_SATISFIED(
      "ZonesSatisfied",
      Polarity.TRUE_IS_GOOD,
      "Every wanted zone has a node that can take members, and members in it."),

  /// Every member has its own volume and none is in doubt.
  STORAGE_READY(
      "StorageReady",
      Polarity.TRUE_IS_GOOD,
      "Every member has its own volume in its zone and none of them is in doubt."),

  /// Every member runs with the image, configuration and resources of the specification.
  UP_TO_DATE(
      "UpToDate",
      Polarity.TRUE_IS_GOOD,
      "Every member runs with the image, configuration and resources that are wanted now."),

  /// The record of members can be read and written.
  STORE_REACHABLE(
      "StoreReachable",
      Polarity.TRUE_IS_GOOD,
      "The operator can read and write its record of members."),

  /// The operator is changing something.
  PROGRESSING("Progressing", Polarity.NEUTRAL, "The operator is changing something right now."),

  /// Something is wanted that will not happen without help.
  STALLED(
      "Stalled",
      Polarity.TRUE_IS_BAD,
      "Something is wanted that will not happen until a person acts."),

  /// The resource is being deleted and something keeps it from going.
  DELETION_BLOCKED(
      "DeletionBlocked",
      Polarity.TRUE_IS_BAD,
      "The resource is being deleted and something keeps it from going.");

  private final String id;
  private final Polarity polarity;
  private final String meaning;

  ConditionType(String id, Polarity polarity, String meaning) {
    this.id = id;
    this.polarity = polarity;
    this.meaning = meaning;
  }

  /// The stable public name, for example `ZonesSatisfied`.
  public String id() {
    return id;
  }

  /// Which status is the good one.
  public Polarity polarity() {
    return polarity;
  }

  /// One sentence that says what `True` means.
  public String meaning() {
    return meaning;
  }
}
