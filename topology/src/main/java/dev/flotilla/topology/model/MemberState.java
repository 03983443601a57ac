package dev.flotilla.topology.model;

/// How far a member has come in its recorded life. Whether its pod runs is not recorded but seen.
public enum MemberState {
  /// It has a name and a slot; its volume may or may not have been made yet.
  ALLOCATED,

  /// Its volume was seen. From here on a volume that is missing is lost, and is never made again
  /// empty.
  PROVISIONED
}
