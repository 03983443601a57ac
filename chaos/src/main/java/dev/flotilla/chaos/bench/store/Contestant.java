package dev.flotilla.chaos.bench.store;

import java.time.Duration;

/// A store of three members on the disk of this machine, as callers in this process see it.
interface Contestant extends AutoCloseable {

  /// Of a value that is put.
  int BYTES = 256;

  /// Puts one value, and waits until it is kept for good.
  ///
  /// @param caller each puts one value after the other, under a key of its own
  void put(int caller) throws Exception;

  /// Reads what a caller has put, as of now.
  void get(int caller) throws Exception;

  /// Ends the member that leads by force, and starts it again when that is over.
  ///
  /// @return how long it took until another value was kept
  Duration takeOver() throws Exception;

  @Override
  void close();
}
