package dev.flotilla.topology.store;

import dev.flotilla.topology.model.Revision;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything under one key, at one moment.
///
/// @param at the store's revision at that moment; a watch goes on from here
/// @param entries ordered by key
public record Contents(Revision at, SortedMap<Key, Entry> entries) {

  public Contents {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /// What of all entries lies at and under a key.
  public static Contents under(Key key, Revision at, SortedMap<Key, Entry> all) {
    var found = new TreeMap<Key, Entry>();
    for (Entry entry : all.tailMap(key).values()) {
      if (!entry.key().path().startsWith(key.path())) {
        break; // keys that begin alike are neighbours
      }
      if (entry.key().isWithin(key)) {
        found.put(entry.key(), entry);
      }
    }
    return new Contents(at, found);
  }

  public Optional<Entry> entry(Key key) {
    return Optional.ofNullable(entries.get(key));
  }

  /// The revision that a transaction on this key has to expect; [Revision#NONE] if it is absent.
  public Revision revision(Key key) {
    return entry(key).map(Entry::revision).orElse(Revision.NONE);
  }
}
