package dev.flotilla.raft.ratis;

import dev.flotilla.topology.store.TopologyStore.Registration;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Says where voters can be reached at this moment. Voters know each other by name alone, because a
/// pod gets a new address each time it starts, and cluster DNS may be what is broken.
public interface PeerDirectory extends AutoCloseable {

  /// @return empty if nobody knows
  Optional<InetSocketAddress> address(VoterId voter);

  /// Tells whenever an address may have changed, until the registration is closed.
  Registration onChange(Runnable changed);

  /// Nobody asks any more.
  @Override
  default void close() {}
}
