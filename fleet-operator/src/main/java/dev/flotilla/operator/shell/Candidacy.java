package dev.flotilla.operator.shell;

import dev.flotilla.topology.store.LeaseName;
import java.util.function.LongSupplier;

/// How it is decided whether this operator acts, and under which name it asks.
///
/// Source: docs/adr/0019-a-lease-and-its-mirror.md
public sealed interface Candidacy {

  /// A word of letters and digits that no other process has ever had.
  String process();

  /// Whoever started last acts: for a store that ends with the process.
  record NewestStarter(String process) implements Candidacy {}

  /// Whoever holds the store's lease acts.
  ///
  /// @param instance what people call this operator
  /// @param nanoTime a clock that never goes back, in nanoseconds
  record HolderOfLease(String process, String instance, LeaseName lease, LongSupplier nanoTime)
      implements Candidacy {

    /// The name that it holds the lease under.
    String holder() {
      return instance + "/" + process;
    }
  }
}
