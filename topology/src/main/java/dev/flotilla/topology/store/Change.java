package dev.flotilla.topology.store;

/// What a transaction does to one entry.
public sealed interface Change {

  Key key();

  /// Writes the entry, whether it exists or not. A value has at most [Entry#MAX_VALUE] characters.
  record Put(Key key, String value) implements Change {
    public Put {
      if (value.length() > Entry.MAX_VALUE) {
        throw new IllegalArgumentException(
            "%s has %,d characters, and at most %,d fit"
                .formatted(key, value.length(), Entry.MAX_VALUE));
      }
    }
  }

  /// Removes the entry; one that does not exist stays absent.
  record Delete(Key key) implements Change {}
}
