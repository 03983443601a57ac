package dev.flotilla.raft.machine;

import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Contents;
import dev.flotilla.topology.store.Entry;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import java.time.Duration;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// Everything that the store knows at one moment. Immutable, and cheap to keep: the next state
/// shares with this one what has not changed.
///
/// @param time store time: what has gone by since the store was made, as its leaders counted it
///   with clocks that never go back. It stands still while there is no leader, and no clock of the
///   day enters into it.
/// @param revision of the last commit
public record StoreState(
    Duration time,
    Revision revision,
    PSortedMap<Key, Entry> entries,
    PSortedMap<LeaseName, Lease> leases) {

  public static final StoreState EMPTY =
      new StoreState(Duration.ZERO, Revision.NONE, TreePMap.empty(), TreePMap.empty());

  /// Who had a lease last.
  ///
  /// @param until the store time at which somebody else may have it
  public record Lease(String holder, Epoch epoch, Duration until) {}

  /// The same, later; or this one, as time never goes back.
  StoreState at(Duration now) {
    return now.compareTo(time) > 0 ? new StoreState(now, revision, entries, leases) : this;
  }

  /// Everything at and under a key.
  public Contents contents(Key under) {
    return Contents.under(under, revision, entries);
  }

  /// The revision of an entry; [Revision#NONE] if it is absent.
  Revision revision(Key key) {
    return entry(key).map(Entry::revision).orElse(Revision.NONE);
  }

  Optional<Entry> entry(Key key) {
    return Optional.ofNullable(entries.get(key));
  }

  Optional<Lease> lease(LeaseName name) {
    return Optional.ofNullable(leases.get(name));
  }

  /// The epoch of a lease's last holder; 0 if it had none.
  Epoch epoch(LeaseName name) {
    return lease(name).map(Lease::epoch).orElse(new Epoch(0));
  }
}
