package dev.flotilla.crds.condition;

/// How much a reason asks of the people who run the fleet.
///
/// Overviews sort by it: what needs a person first, then what is moving, then the rest.
public enum Attention {
  /// Nothing is wrong and nothing is moving.
  FINE,

  /// Something is in progress and is expected to end without help.
  WORKING,

  /// Only a person can end it, or it has gone on for longer than it should.
  PROBLEM
}
