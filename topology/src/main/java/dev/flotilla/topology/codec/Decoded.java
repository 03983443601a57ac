package dev.flotilla.topology.codec;

/// What reading a written record gave.
public sealed interface Decoded<T> {

  record Valid<T>(T value) implements Decoded<T> {}

  /// @param why one clause for people, such as "its checksum is wrong"
  record Damaged<T>(String why) implements Decoded<T> {}
}
