package dev.flotilla.operator.shell;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.port.StoppedException;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.codec.MemberRecordCodec;
import dev.flotilla.topology.codec.ResourceRecord;
import dev.flotilla.topology.codec.ResourceRecordCodec;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The members of every cluster as the store has them: written by transactions, and remembered.
///
/// A cluster's head is at `clusters/NAMESPACE/NAME`. Under it, `members` has the records of
/// members, `drains` those of their drains, and `resource` says for which resource they were made.
/// The revision of a roster is that of the head. Every transaction is fenced by the epoch of the
/// pass that wants it.
///
/// Source: docs/adr/0019-a-lease-and-its-mirror.md
final class MemberBook {

  private static final String CLUSTERS = "clusters";
  private static final String MEMBERS = "members";
  private static final String DRAINS = "drains";
  private static final String RESOURCE = "resource";

  private final TopologyStore store;
  private final Fences fences;
  private final String process;
  private final AtomicLong intents = new AtomicLong();
  private final ConcurrentMap<ClusterRef, Roster> rosters = new ConcurrentHashMap<>();

  /// @param fences give the fence of an epoch, and are told when another one counts
  /// @param process a word that no other process has ever had, for the ids of transactions
  MemberBook(TopologyStore store, Fences fences, String process) {
    this.store = store;
    this.fences = fences;
    this.process = process;
  }

  /// The members of a cluster as they were last read or written; empty if they never were. Reads
  /// memory only.
  Roster roster(ClusterRef cluster) {
    return rosters.getOrDefault(cluster, Roster.EMPTY);
  }

  /// What the store says of a cluster.
  sealed interface Recorded {

    /// Its members were recorded for the very resource, and are in the book now.
    record Same() implements Recorded {}

    /// Nothing was recorded, or for another resource.
    ///
    /// @param roster what there is of it
    record Other(Roster roster) implements Recorded {}

    /// It cannot be said.
    record Unknown(Trouble trouble) implements Recorded {}
  }

  /// Reads what the store says of a cluster. May block.
  ///
  /// @param uid of the cluster's resource
  Recorded load(ClusterRef cluster, String uid) {
    return switch (read(Key.of(cluster))) {
      case StoreReading.Unknown(var why) ->
          new Recorded.Unknown(new Trouble(Reason.STORE_UNREACHABLE, why));
      case StoreReading.Known(var contents) ->
          damage(cluster, contents)
              .<Recorded>map(Recorded.Unknown::new)
              .orElseGet(() -> load(cluster, uid, contents));
    };
  }

  private Recorded load(ClusterRef cluster, String uid, Contents contents) {
    var roster = roster(cluster, contents);
    if (resource(cluster, contents).filter(uid::equals).isEmpty()) {
      return new Recorded.Other(roster);
    }
    rosters.put(cluster, roster);
    return new Recorded.Same();
  }

  /// Makes the record of a cluster say what exists: nothing more, nothing less.
  ///
  /// What it was made for is written last, so that a record of which only a part was written is
  /// never taken for complete.
  ///
  /// @param uid of the resource that the record is made for
  /// @param before what the store was read to say
  /// @param existing what it shall say; its revision does not matter
  /// @return why it does not; empty once it does
  Optional<Trouble> rebuild(
      ClusterRef cluster, String uid, Epoch epoch, Roster before, Roster existing) {
    var wanted = puts(existing.members(), existing.drains());
    var keys = wanted.stream().map(Change::key).collect(Collectors.toSet());
    var present = puts(before.members(), before.drains());
    var changes = new ArrayList<Change>();
    present.stream()
        .filter(put -> !keys.contains(put.key()))
        .forEach(put -> changes.add(new Change.Delete(put.key())));
    wanted.stream().filter(put -> !present.contains(put)).forEach(changes::add);
    changes.add(
        new Change.Put(
            Key.of(cluster).child(RESOURCE),
            ResourceRecordCodec.encode(new ResourceRecord(cluster, uid))));
    return switch (commitAll(cluster, epoch, before.revision(), changes)) {
      case CommitResult.Applied(var revision) -> {
        rosters.put(cluster, new Roster(revision, existing.members(), existing.drains()));
        yield Optional.empty();
      }
      case CommitResult.Rejected rejected ->
          Optional.of(new Trouble(Reason.STORE_REBUILDING, "somebody else changes it"));
      case CommitResult.Unconfirmed(var why) ->
          Optional.of(new Trouble(Reason.STORE_UNREACHABLE, why));
    };
  }

  /// Records members and drains, new ones and changed ones. Records that are not named stay as they
  /// are.
  ///
  /// @param epoch of the pass that decided it
  /// @param expected the revision that the decision was made on
  CommitResult record(
      ClusterRef cluster,
      Epoch epoch,
      Revision expected,
      List<MemberRecord> members,
      List<DrainRecord> drains) {
    var before = roster(cluster);
    if (!before.revision().equals(expected)) {
      return new CommitResult.Rejected(
          new CommitResult.Objection.Outdated(Key.of(cluster), before.revision()));
    }
    var result = commit(cluster, epoch, expected, puts(members, drains));
    if (result instanceof CommitResult.Applied(var revision)) {
      rosters.put(cluster, merged(before, revision, members, drains));
    }
    return result;
  }

  /// Drops everything that is recorded of a cluster whose resource is gone. What is left if that
  /// fails was made for another resource than the next one of the same name.
  void forget(ClusterRef cluster, Epoch epoch) {
    rosters.remove(cluster);
    if (read(Key.of(cluster)) instanceof StoreReading.Known(var contents)) {
      var head = Key.of(cluster);
      var changes =
          contents.entries().keySet().stream()
              .filter(key -> !key.equals(head))
              .<Change>map(Change.Delete::new)
              .toList();
      var _ = commitAll(cluster, epoch, contents.revision(head), changes);
    }
  }

  /// Drops what is remembered of a cluster.
  void drop(ClusterRef cluster) {
    rosters.remove(cluster);
  }

  /// Everything that is recorded, of all clusters. May block.
  StoreReading all() {
    return read(new Key(CLUSTERS));
  }

  /// The cluster that an entry belongs to; empty if it is no cluster's.
  static Optional<ClusterRef> cluster(Key key) {
    var parts = key.path().split("/");
    return parts.length > 2 && parts[0].equals(CLUSTERS)
        ? Optional.of(new ClusterRef(parts[1], parts[2]))
        : Optional.empty();
  }

  /// Whether a key is the head of a cluster, in which the store keeps its own word.
  static boolean isHead(Key key) {
    return cluster(key).map(Key::of).filter(key::equals).isPresent();
  }

  /// Takes away for which resource a cluster was recorded, and with that its record's claim to be
  /// complete.
  ///
  /// @param contents what the store was read to say of it
  /// @return why that is not done; empty once it is
  Optional<String> unsign(ClusterRef cluster, Epoch epoch, Contents contents) {
    var signature = Key.of(cluster).child(RESOURCE);
    if (contents.entry(signature).isEmpty()) {
      return Optional.empty();
    }
    var result =
        commit(
            cluster,
            epoch,
            contents.revision(Key.of(cluster)),
            List.of(new Change.Delete(signature)));
    return result instanceof CommitResult.Applied
        ? Optional.empty()
        : Optional.of("the record of %s was not changed: %s".formatted(cluster, result));
  }

  private StoreReading read(Key under) {
    try {
      return store.read(under);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /// Commits any number of changes, the last ones last. Nothing if there are none.
  CommitResult commitAll(ClusterRef cluster, Epoch epoch, Revision expected, List<Change> changes) {
    CommitResult result = new CommitResult.Applied(expected);
    for (int from = 0; from < changes.size(); from += Transaction.MAX_CHANGES) {
      if (!(result instanceof CommitResult.Applied(var revision))) {
        return result;
      }
      int to = Math.min(changes.size(), from + Transaction.MAX_CHANGES);
      result = commit(cluster, epoch, revision, changes.subList(from, to));
    }
    return result;
  }

  private CommitResult commit(
      ClusterRef cluster, Epoch epoch, Revision expected, List<Change> changes) {
    var transaction =
        new Transaction(
            Key.of(cluster),
            expected,
            new IntentId("%s-%s-%d".formatted(epoch, process, intents.incrementAndGet())),
            fences.fence(epoch),
            new TreeMap<>(),
            changes);
    try {
      var result = store.commit(transaction);
      if (result instanceof CommitResult.Rejected(CommitResult.Objection.Overtaken(var current))) {
        fences.overtaken(current);
      }
      return result;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static StoppedException interrupted() {
    Thread.currentThread().interrupt();
    return new StoppedException("interrupted");
  }

  /// The first entry of a cluster that is not believed. One such hides a member, and without it the
  /// others would be planned for as if it had never been.
  static Optional<Trouble> damage(ClusterRef cluster, Contents contents) {
    return contents.entries().values().stream()
        .flatMap(entry ->
            damage(cluster, entry)
                .map(why -> "the entry %s cannot be read: %s".formatted(entry.key(), why))
                .stream())
        .findFirst()
        .map(why -> new Trouble(Reason.STORE_DAMAGED, why));
  }

  private static Optional<String> damage(ClusterRef cluster, Entry entry) {
    var head = Key.of(cluster);
    if (entry.key().isWithin(head.child(MEMBERS))) {
      return switch (MemberRecordCodec.decode(entry.value())) {
        case Decoded.Damaged<MemberRecord>(var why) -> Optional.of(why);
        case Decoded.Valid<MemberRecord>(var member) -> misplaced(entry, key(member));
      };
    }
    if (entry.key().isWithin(head.child(DRAINS))) {
      return switch (DrainRecordCodec.decode(entry.value())) {
        case Decoded.Damaged<DrainRecord>(var why) -> Optional.of(why);
        case Decoded.Valid<DrainRecord>(var drain) -> misplaced(entry, key(drain));
      };
    }
    if (entry.key().isWithin(head.child(RESOURCE))) {
      return switch (ResourceRecordCodec.decode(entry.value())) {
        case Decoded.Damaged<ResourceRecord>(var why) -> Optional.of(why);
        case Decoded.Valid<ResourceRecord>(var resource) ->
            misplaced(entry, Key.of(resource.cluster()).child(RESOURCE));
      };
    }
    return Optional.empty();
  }

  private static Optional<String> misplaced(Entry entry, Key home) {
    return entry.key().equals(home)
        ? Optional.empty()
        : Optional.of("it was written for %s".formatted(home));
  }

  static Optional<String> resource(ClusterRef cluster, Contents contents) {
    return contents
        .entry(Key.of(cluster).child(RESOURCE))
        .map(Entry::value)
        .map(ResourceRecordCodec::decode)
        .flatMap(MemberBook::valid)
        .map(ResourceRecord::uid);
  }

  static Roster roster(ClusterRef cluster, Contents contents) {
    return new Roster(
        contents.revision(Key.of(cluster)),
        under(cluster, MEMBERS, contents, MemberRecordCodec::decode),
        under(cluster, DRAINS, contents, DrainRecordCodec::decode));
  }

  private static <T> List<T> under(
      ClusterRef cluster, String child, Contents contents, Function<String, Decoded<T>> codec) {
    var home = Key.of(cluster).child(child);
    return contents.entries().values().stream()
        .filter(entry -> entry.key().isWithin(home))
        .map(Entry::value)
        .map(codec)
        .flatMap(decoded -> valid(decoded).stream())
        .toList();
  }

  /// Of what was found to be without damage.
  private static <T> Optional<T> valid(Decoded<T> decoded) {
    return decoded instanceof Decoded.Valid<T>(var value) ? Optional.of(value) : Optional.empty();
  }

  private static Roster merged(
      Roster before, Revision revision, List<MemberRecord> changed, List<DrainRecord> drained) {
    var members = new TreeMap<MemberName, MemberRecord>();
    before.members().forEach(member -> members.put(member.name(), member));
    changed.forEach(member -> members.put(member.name(), member));
    var drains = new TreeMap<MemberName, DrainRecord>();
    before.drains().forEach(drain -> drains.put(drain.member(), drain));
    drained.forEach(drain -> drains.put(drain.member(), drain));
    return new Roster(revision, List.copyOf(members.values()), List.copyOf(drains.values()));
  }

  private static List<Change> puts(List<MemberRecord> members, List<DrainRecord> drains) {
    return Stream.concat(
            members.stream().map(it -> new Change.Put(key(it), MemberRecordCodec.encode(it))),
            drains.stream().map(it -> new Change.Put(key(it), DrainRecordCodec.encode(it))))
        .<Change>map(put -> put)
        .toList();
  }

  private static Key key(MemberRecord member) {
    return Key.of(member.cluster()).child(MEMBERS).child(member.name().value());
  }

  private static Key key(DrainRecord drain) {
    return Key.of(drain.cluster()).child(DRAINS).child(drain.member().value());
  }
}
