package dev.flotilla.operator.bench;

import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.LeaseResult;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.StoreWatcher;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.Transaction;
import java.time.Duration;

/// The way to another store: it passes on everything that a subclass does not keep for itself.
public abstract class StoreBehind implements TopologyStore {

  private final TopologyStore store;

  protected StoreBehind(TopologyStore store) {
    this.store = store;
  }

  @Override
  public StoreReading read(Key under) throws InterruptedException {
    return store.read(under);
  }

  @Override
  public CommitResult commit(Transaction transaction) throws InterruptedException {
    return store.commit(transaction);
  }

  @Override
  public Registration watch(Key under, Revision after, StoreWatcher watcher) {
    return store.watch(under, after, watcher);
  }

  @Override
  public LeaseResult lease(LeaseName name, String holder, Duration time)
      throws InterruptedException {
    return store.lease(name, holder, time);
  }

  @Override
  public void release(LeaseName name, String holder, Epoch epoch) throws InterruptedException {
    store.release(name, holder, epoch);
  }

  @Override
  public void close() {
    store.close();
  }
}
