package dev.flotilla.operator.shell;

import dev.flotilla.operator.port.StoppedException;
import dev.flotilla.topology.codec.MemberRecordCodec;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.Contents;
import dev.flotilla.topology.store.Entry;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.Roster;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The members of every cluster as the store has them: written by transactions, and remembered.
///
/// A cluster's head is at `clusters/NAMESPACE/NAME`, its members' records are under
/// `clusters/NAMESPACE/NAME/members`. The revision of a roster is that of the head.
final class MemberBook {

  private static final String MEMBERS = "members";

  private final TopologyStore store;
  private final Supplier<IntentId> intents;
  private final ConcurrentMap<ClusterRef, Roster> rosters = new ConcurrentHashMap<>();

  /// @param intents gives an id that nobody was given before
  MemberBook(TopologyStore store, Supplier<IntentId> intents) {
    this.store = store;
    this.intents = intents;
  }

  /// The members of a cluster as they were last read or written; empty if they never were. Reads
  /// memory only.
  Roster roster(ClusterRef cluster) {
    return rosters.getOrDefault(cluster, Roster.EMPTY);
  }

  /// Makes the record of a cluster say what exists: nothing more, nothing less.
  ///
  /// @return why it does not; empty once it does
  Optional<String> rebuild(ClusterRef cluster, List<MemberRecord> existing) {
    return switch (read(Key.of(cluster))) {
      case StoreReading.Unknown(var why) -> Optional.of(why);
      case StoreReading.Known(var contents) -> rebuild(cluster, contents, existing);
    };
  }

  private Optional<String> rebuild(
      ClusterRef cluster, Contents contents, List<MemberRecord> existing) {
    var before = roster(cluster, contents);
    var names = existing.stream().map(MemberRecord::name).collect(Collectors.toSet());
    var changes = new ArrayList<Change>();
    before.members().stream()
        .filter(member -> !names.contains(member.name()))
        .forEach(member -> changes.add(new Change.Delete(key(member))));
    existing.stream()
        .filter(member -> !before.members().contains(member))
        .forEach(member -> changes.add(put(member)));
    var revision = before.revision();
    for (int from = 0; from < changes.size(); from += Transaction.MAX_CHANGES) {
      int to = Math.min(changes.size(), from + Transaction.MAX_CHANGES);
      switch (commit(cluster, revision, changes.subList(from, to))) {
        case CommitResult.Applied(var next) -> revision = next;
        case CommitResult.Rejected rejected -> {
          return Optional.of("somebody else changes it");
        }
        case CommitResult.Unconfirmed(var why) -> {
          return Optional.of(why);
        }
      }
    }
    rosters.put(cluster, new Roster(revision, existing));
    return Optional.empty();
  }

  /// Records members, new ones and changed ones. Records that are not named stay as they are.
  ///
  /// @param expected the revision that the decision was made on
  CommitResult record(ClusterRef cluster, Revision expected, List<MemberRecord> members) {
    var before = roster(cluster);
    if (!before.revision().equals(expected)) {
      return new CommitResult.Rejected(
          new CommitResult.Objection.Outdated(Key.of(cluster), before.revision()));
    }
    var result = commit(cluster, expected, members.stream().map(MemberBook::put).toList());
    if (result instanceof CommitResult.Applied(var revision)) {
      rosters.put(cluster, merged(before, revision, members));
    }
    return result;
  }

  /// Drops the record of a cluster whose resource is gone.
  ///
  /// @return why it is not dropped; empty once it is
  Optional<String> forget(ClusterRef cluster) {
    var why = rebuild(cluster, List.of());
    rosters.remove(cluster);
    return why;
  }

  private StoreReading read(Key under) {
    try {
      return store.read(under);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private CommitResult commit(ClusterRef cluster, Revision expected, List<Change> changes) {
    var head = Key.of(cluster);
    try {
      return store.commit(
          new Transaction(
              head, expected, intents.get(), Optional.empty(), new TreeMap<>(), changes));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static StoppedException interrupted() {
    Thread.currentThread().interrupt();
    return new StoppedException("interrupted");
  }

  private static Roster roster(ClusterRef cluster, Contents contents) {
    var head = Key.of(cluster);
    var members =
        contents.entries().values().stream()
            .filter(entry -> entry.key().isWithin(head.child(MEMBERS)))
            .map(Entry::value)
            .map(MemberRecordCodec::decode)
            .toList();
    return new Roster(contents.revision(head), members);
  }

  private static Roster merged(Roster before, Revision revision, List<MemberRecord> changed) {
    var members = new TreeMap<MemberName, MemberRecord>();
    before.members().forEach(member -> members.put(member.name(), member));
    changed.forEach(member -> members.put(member.name(), member));
    return new Roster(revision, List.copyOf(members.values()));
  }

  private static Change put(MemberRecord member) {
    return new Change.Put(key(member), MemberRecordCodec.encode(member));
  }

  private static Key key(MemberRecord member) {
    return Key.of(member.cluster()).child(MEMBERS).child(member.name().value());
  }
}
