package dev.flotilla.operator.port;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The engine's admin side. Keeps nothing but connections.
public interface EnginePort extends AutoCloseable {

  /// Asks the engine how it is. Blocks for at most 10 seconds, ends early when the signal fires,
  /// and gives Unknown for whatever the engine does not vouch for, such as an answer without an
  /// elected voter.
  Reading<EngineReport> observe(StopSignal stop, Access access);

  /// Ends its connections; nobody asks it any more.
  @Override
  default void close() {}

  /// How to reach one tenant's engine.
  ///
  /// @param addresses where each member's pod can be reached, by member; members without an address
  ///   are left out
  /// @param tenant the log-in and the authority to trust
  record Access(ClusterRef cluster, SortedMap<MemberName, String> addresses, TenantSecret tenant) {
    public Access {
      addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }
  }
}
