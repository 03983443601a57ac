package dev.flotilla.raft.machine;

import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.LeaseName;
import java.util.List;

/// Something that a command brought about.
public sealed interface Event {

  /// A transaction was applied.
  ///
  /// @param changes in the order of their keys, that of the head among them
  record Committed(Revision at, List<Change> changes) implements Event {
    public Committed {
      changes = List.copyOf(changes);
    }
  }

  /// A lease was granted, prolonged or given back.
  record Leased(LeaseName name, StoreState.Lease lease) implements Event {}
}
