package dev.flotilla.topology.memory;

import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.TopologyStoreContract;

class MemoryTopologyStoreTest extends TopologyStoreContract {

  @Override
  protected TopologyStore emptyStore() {
    return new MemoryTopologyStore();
  }
}
