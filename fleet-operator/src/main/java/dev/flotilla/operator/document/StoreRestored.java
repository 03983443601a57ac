package dev.flotilla.operator.document;

/// What became of putting a backup of the store back.
///
/// @param databases how many it knows
/// @param written how many entries were written
/// @param removed how many entries were there that it does not have
public record StoreRestored(int databases, int written, int removed) implements Document {}
