package dev.flotilla.topology.store;

import dev.flotilla.topology.model.Revision;
import java.util.List;

/// Hears of commits, one after the other, in their order and without a gap. What it does must not
/// take long.
public interface StoreWatcher {

  /// One commit.
  ///
  /// @param changes those under the watched key, in the order of their keys
  void changed(Revision at, List<Change> changes);

  /// The watch is over: either commits between the last one told and now are forgotten, or the
  /// store cannot be reached. Read again, and watch from there.
  ///
  /// @param why one clause for people
  void ended(Ending ending, String why);

  /// Why a watch ends.
  enum Ending {
    /// What it was to begin with is no longer kept.
    COMPACTED,
    /// It cannot be said what happens from now on.
    LOST
  }
}
