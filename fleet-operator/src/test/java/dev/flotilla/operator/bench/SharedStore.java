package dev.flotilla.operator.bench;

import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.memory.MemoryTopologyStore;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.LeaseResult;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/// A store that outlives operators, and what becomes of their requests on the way. Used by one
/// thread.
final class SharedStore extends StoreBehind {

  private final MemoryTopologyStore store;
  private final List<Transaction> applied = new ArrayList<>();
  private UnaryOperator<LeaseResult> ofLeases = result -> result;
  private UnaryOperator<CommitResult> ofCommits = result -> result;
  private Optional<String> silence = Optional.empty();

  SharedStore(ManualTime time) {
    this(new MemoryTopologyStore(time::nanos));
  }

  private SharedStore(MemoryTopologyStore store) {
    super(store);
    this.store = store;
  }

  /// @param answer what becomes of the store's answer to a request for a lease
  void befallLeases(UnaryOperator<LeaseResult> answer) {
    ofLeases = answer;
  }

  /// @param answer what becomes of the store's answer to a transaction, which was carried out
  void befallCommits(UnaryOperator<CommitResult> answer) {
    ofCommits = answer;
  }

  /// @param why nothing reaches it from now on; empty ends that
  void befallAll(Optional<String> why) {
    silence = why;
  }

  /// The epochs of all commits so far, in order.
  LongStream epochs() {
    return applied.stream().mapToLong(it -> it.fence().orElseThrow().epoch().value());
  }

  /// The intents of all commits so far, in order.
  List<IntentId> intents() {
    return applied.stream().map(Transaction::intent).toList();
  }

  /// Names of the members of a cluster that are recorded, in order.
  List<String> members(ClusterRef cluster) {
    return store.read(Key.of(cluster).child("members")) instanceof StoreReading.Known(var contents)
        ? contents.entries().keySet().stream()
            .map(key -> key.path().substring(key.path().lastIndexOf('/') + 1))
            .sorted()
            .toList()
        : List.of();
  }

  /// How far each drain of a cluster has come, by member.
  SortedMap<MemberName, Stage> drains(ClusterRef cluster) {
    var stages = new TreeMap<MemberName, Stage>();
    if (store.read(Key.of(cluster).child("drains")) instanceof StoreReading.Known(var contents)) {
      for (var entry : contents.entries().values()) {
        if (DrainRecordCodec.decode(entry.value()) instanceof Decoded.Valid(var drain)) {
          stages.put(drain.member(), drain.stage());
        }
      }
    }
    return stages;
  }

  /// Another store that holds what this one holds now, and knows of no lease.
  SharedStore copy(ManualTime time) {
    var copy = new SharedStore(time);
    if (store.read(new Key("clusters")) instanceof StoreReading.Known(var contents)) {
      contents
          .entries()
          .values()
          .forEach(entry -> copy.scribble(entry.key(), new Change.Put(entry.key(), entry.value())));
    }
    return copy;
  }

  /// Somebody writes into it by hand.
  void scribble(Key key, Change change) {
    var head = new Key("scribble").child(key.path().replace('/', '.') + applied.size());
    store.commit(
        new Transaction(
            head,
            Revision.NONE,
            new IntentId("scribble"),
            Optional.empty(),
            new TreeMap<>(),
            List.of(change)));
  }

  @Override
  public StoreReading read(Key under) {
    return silence.<StoreReading>map(StoreReading.Unknown::new).orElseGet(() -> store.read(under));
  }

  @Override
  public CommitResult commit(Transaction transaction) {
    if (silence.isPresent()) {
      return new CommitResult.Unconfirmed(silence.get());
    }
    var result = store.commit(transaction);
    if (result instanceof CommitResult.Applied) {
      applied.add(transaction);
    }
    return ofCommits.apply(result);
  }

  @Override
  public LeaseResult lease(LeaseName name, String holder, Duration time) {
    return silence
        .<LeaseResult>map(LeaseResult.Unconfirmed::new)
        .orElseGet(() -> ofLeases.apply(store.lease(name, holder, time)));
  }
}
