package dev.flotilla.topology.store;

import dev.flotilla.topology.model.Revision;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Changes that are made together or not at all, if nothing that they were decided on has changed.
///
/// Each transaction writes its intent's id to its head. So a head tells which transaction was the
/// last one, the same one is never applied twice in a row, and a late one, which expects an older
/// revision of its head, is refused for ever once another one was applied.
///
/// @param head the entry that stands for everything that is changed together, such as a cluster
/// @param expected the head's revision that was read; [Revision#NONE] if it must be absent
/// @param fence on whose authority; empty for what needs none, such as a test's own entries
/// @param unchanged other entries that must be as they were read
/// @param changes at most [#MAX_CHANGES], each key once, none of them the head; their values have
///   at most [#MAX_CHARACTERS] together
public record Transaction(
    Key head,
    Revision expected,
    IntentId intent,
    Optional<Fence> fence,
    SortedMap<Key, Revision> unchanged,
    List<Change> changes) {

  /// etcd refuses more than 128 operations in one transaction unless it is told otherwise; the head
  /// and the fence need some.
  public static final int MAX_CHANGES = 100;

  /// The most characters in all values of one transaction: with three bytes for each it still fits
  /// into one entry of a Raft log and one request of etcd.
  public static final int MAX_CHARACTERS = 200_000;

  public Transaction {
    unchanged = Collections.unmodifiableSortedMap(new TreeMap<>(unchanged));
    changes = List.copyOf(changes);
    if (changes.size() + unchanged.size() > MAX_CHANGES) {
      throw new IllegalArgumentException(
          "a transaction has at most %d changes and conditions, this one has %d"
              .formatted(MAX_CHANGES, changes.size() + unchanged.size()));
    }
    int characters = changes.stream().mapToInt(Transaction::characters).sum();
    if (characters > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "a transaction has at most %,d characters, this one has %,d"
              .formatted(MAX_CHARACTERS, characters));
    }
    if (changes.stream().map(Change::key).distinct().count() != changes.size()) {
      throw new IllegalArgumentException("a transaction changes a key once");
    }
    for (Change change : changes) {
      if (change.key().equals(head)) {
        throw new IllegalArgumentException("the head %s is written by the store".formatted(head));
      }
    }
  }

  /// Everything that has to be as it was read, the head among it.
  public SortedMap<Key, Revision> conditions() {
    var conditions = new TreeMap<>(unchanged);
    conditions.put(head, expected);
    return conditions;
  }

  /// Everything that is written, the head among it, in the order of the keys.
  public List<Change> writes() {
    return Stream.concat(changes.stream(), Stream.of(new Change.Put(head, intent.value())))
        .sorted(Comparator.comparing(Change::key))
        .toList();
  }

  private static int characters(Change change) {
    return change instanceof Change.Put(var _, var value) ? value.length() : 0;
  }
}
