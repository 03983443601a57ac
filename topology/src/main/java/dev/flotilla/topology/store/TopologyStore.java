package dev.flotilla.topology.store;

import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import java.time.Duration;

/// Where everything lives that must outlive the operator: who is a member, what is going on, and on
/// whose authority.
///
/// Contract of every adapter, held by one suite of tests:
///
/// - A read sees every commit that was applied before the read began.
/// - A transaction is applied as a whole, once, or not at all; what was applied has a higher
///   revision than everything before.
/// - An answer other than [CommitResult.Applied] and [CommitResult.Rejected] says that nobody
///   knows.
/// - A lease has one holder at a time, by the store's own clock; its epoch only grows.
/// - No method waits longer than the adapter's limit, and each ends at once when its thread is
///   interrupted.
public interface TopologyStore extends AutoCloseable {

  /// Everything at and under a key.
  StoreReading read(Key under) throws InterruptedException;

  /// Carries out a transaction. One that was applied and is sent again before another one of the
  /// same head is answered with the revision of the first time.
  CommitResult commit(Transaction transaction) throws InterruptedException;

  /// Tells of every commit after a revision that concerns something at or under a key, until the
  /// registration is closed or the watch ends by itself.
  Registration watch(Key under, Revision after, StoreWatcher watcher);

  /// Takes a lease that is free, or prolongs one's own.
  ///
  /// @param holder who asks; never used by two processes
  /// @param time for which it is wanted, by the store's clock
  LeaseResult lease(LeaseName name, String holder, Duration time) throws InterruptedException;

  /// Gives a lease back before its time. Nothing happens if it is somebody else's by now.
  void release(LeaseName name, String holder, Epoch epoch) throws InterruptedException;

  /// Ends watches and connections.
  @Override
  void close();

  /// Something that can be ended.
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
