package dev.flotilla.operator.yaml;

/// A place in a file.
///
/// @param line from 1
/// @param column from 1
/// @param length characters on that line, at least 1
public record Spot(int line, int column, int length) {

  /// Where a file begins.
  public static final Spot START = new Spot(1, 1, 1);

  public Spot {
    length = Math.max(1, length);
  }
}
