package dev.flotilla.operator.kube.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// All objects of one kind as records, grouped by what they belong to.
///
/// It is fed by a watch and by this process's own writes. The higher resourceVersion wins, so that
/// an event which was under way when a write was answered does not hide the write; the API server
/// promises that the versions of one resource grow as numbers. What was written and never shown by
/// the watch is dropped once a list that is newer does not contain it. Source: R41 in
/// docs/requirements.md.
///
/// @param <T> the object
/// @param <G> what objects are grouped by, such as a cluster; objects of no group are not kept
/// @param <R> the record
final class Shelf<T extends HasMetadata, G, R> implements ResourceEventHandler<T> {

  private final Reader<T, G, R> reader;
  private final BiConsumer<G, Change<R>> listener;
  private final ConcurrentMap<G, PMap<String, Slot<R>>> groups = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, G> groupByUid = new ConcurrentHashMap<>();
  private final Graves graves = new Graves();
  private final CountDownLatch listed = new CountDownLatch(1);

  /// How objects become records.
  ///
  /// @param group of an object; empty if it is none of ours
  /// @param read the record; empty if the object says nothing that matters, and then it counts as
  ///   there but has no record
  record Reader<T, G, R>(Function<T, Optional<G>> group, Function<T, Optional<R>> read) {}

  /// What became of one object.
  ///
  /// @param before empty if it is new
  /// @param after empty if it is gone
  record Change<R>(Optional<R> before, Optional<R> after) {}

  /// @param own whether only our own write has shown it so far
  private record Slot<R>(String uid, long version, boolean own, Optional<R> record) {}

  /// @param listener told of each change of a record that others made, after it can be read; not of
  ///   a change that makes no difference to the record
  Shelf(Reader<T, G, R> reader, BiConsumer<G, Change<R>> listener) {
    this.reader = reader;
    this.listener = listener;
  }

  /// The records of a group by their objects' keys.
  Map<String, R> records(G group) {
    var records = new TreeMap<String, R>();
    groups
        .getOrDefault(group, HashTreePMap.empty())
        .forEach((key, slot) -> slot.record().ifPresent(record -> records.put(key, record)));
    return records;
  }

  /// The record of one object of a group.
  Optional<R> record(G group, String name) {
    return Optional.ofNullable(groups.getOrDefault(group, HashTreePMap.empty()).get(name))
        .flatMap(Slot::record);
  }

  /// Whether an object of that name is there, with a record or without.
  boolean has(G group, String name) {
    return groups.getOrDefault(group, HashTreePMap.empty()).containsKey(name);
  }

  /// Every group that has objects.
  List<G> groups() {
    return List.copyOf(groups.keySet());
  }

  /// How many groups have objects.
  int size() {
    return groups.size();
  }

  /// Whether everything that existed at the start can be read.
  boolean isListed() {
    return listed.getCount() == 0;
  }

  @Override
  public void onAdd(T object) {
    put(object, false);
  }

  @Override
  public void onUpdate(T before, T after) {
    put(after, false);
  }

  @Override
  public void onDelete(T object, boolean unknownFinalState) {
    var meta = object.getMetadata();
    graves.bury(meta.getUid());
    remove(meta.getUid(), key(meta));
  }

  private void remove(String uid, String key) {
    Optional.ofNullable(groupByUid.remove(uid))
        .ifPresent(group -> drop(group, key, slot -> slot.uid().equals(uid)));
  }

  /// Drops what this process has written and somebody has removed before the watch could show it.
  @Override
  public void onList(String resourceVersion, boolean remainedEmpty) {
    long seen = version(resourceVersion);
    for (G group : groups.keySet()) {
      for (String key : groups.getOrDefault(group, HashTreePMap.empty()).keySet()) {
        drop(group, key, slot -> slot.own() && slot.version() <= seen);
      }
    }
    listed.countDown();
  }

  /// Whether everything that existed at the start can be read; waits for it up to a limit.
  boolean awaitListed(Duration limit) throws InterruptedException {
    return listed.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// An object as the API server answered a write of ours with.
  void written(T object) {
    put(object, true);
  }

  private void put(T object, boolean own) {
    var meta = object.getMetadata();
    var group = reader.group().apply(object);
    if (group.isEmpty()) {
      remove(meta.getUid(), key(meta)); // it may have been ours until its label was taken away
      return;
    }
    if (own && graves.holds(meta.getUid())) {
      return;
    }
    var slot =
        new Slot<>(
            meta.getUid(), version(meta.getResourceVersion()), own, reader.read().apply(object));
    var before = Optional.ofNullable(groupByUid.put(slot.uid(), group.get()));
    if (before.isPresent() && !before.equals(group)) {
      drop(before.get(), key(meta), old -> old.uid().equals(slot.uid()));
    }
    put(group.get(), key(meta), slot);
  }

  private void put(G group, String key, Slot<R> slot) {
    var replaced = new Replaced<R>();
    groups.compute(
        group,
        (g, before) -> {
          var slots = before == null ? HashTreePMap.<String, Slot<R>>empty() : before;
          var old = Optional.ofNullable(slots.get(key));
          if (old.filter(known -> known.version() > slot.version()).isPresent()
              || (slot.own() && graves.holds(slot.uid()))) {
            return slots.isEmpty() ? null : slots;
          }
          replaced.set(old.flatMap(Slot::record), slot.record());
          return slots.plus(key, slot);
        });
    if (!slot.own()) {
      replaced.tell(group, listener);
    }
  }

  private void drop(G group, String key, Function<Slot<R>, Boolean> which) {
    var replaced = new Replaced<R>();
    groups.computeIfPresent(
        group,
        (g, slots) -> {
          var old = slots.get(key);
          if (old == null || !which.apply(old)) {
            return slots;
          }
          replaced.set(old.record(), Optional.empty());
          var rest = slots.minus(key);
          return rest.isEmpty() ? null : rest;
        });
    replaced.tell(group, listener);
  }

  /// Carries a change out of the map's own lock, under which nobody is told anything.
  private static final class Replaced<R> {

    private Optional<Change<R>> change = Optional.empty();

    private void set(Optional<R> before, Optional<R> after) {
      change = before.equals(after) ? Optional.empty() : Optional.of(new Change<>(before, after));
    }

    private <G> void tell(G group, BiConsumer<G, Change<R>> listener) {
      change.ifPresent(told -> listener.accept(group, told));
    }
  }

  /// Names are unique within a namespace, and a group lies within one or is of the whole cluster.
  private static String key(ObjectMeta meta) {
    return meta.getName();
  }

  private static long version(String resourceVersion) {
    try {
      return Long.parseUnsignedLong(resourceVersion);
    } catch (NumberFormatException e) {
      return 0; // not a number: the latest that comes counts
    }
  }
}
