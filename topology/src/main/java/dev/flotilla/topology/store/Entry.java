package dev.flotilla.topology.store;

import dev.flotilla.topology.model.Revision;

/// One thing that the store remembers.
///
/// @param value a text that its writer understands; at most [#MAX_VALUE] characters
/// @param revision of the commit that wrote it last
public record Entry(Key key, String value, Revision revision) {

  /// The longest value, in characters. A member's record has about 250.
  public static final int MAX_VALUE = 32 * 1024;
}
