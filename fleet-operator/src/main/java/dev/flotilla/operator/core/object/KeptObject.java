package dev.flotilla.operator.core.object;

import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Zone;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// An object that the operator keeps as it wants it, by applying it whenever it differs.
///
/// Each variant holds exactly the fields that the operator owns, so that a field set by somebody
/// else is neither seen as a difference nor overwritten.
public sealed interface KeptObject {

  /// The `DatabasePool` of one pool: owner of the pool's pods.
  ///
  /// @param instances what its scale shall say
  record Pool(PoolName pool, int instances) implements KeptObject {}

  /// The engine's settings that every member reads when its pod starts.
  ///
  /// @param files content by file name
  record Config(SortedMap<String, String> files) implements KeptObject {
    public Config {
      files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
  }

  /// The addresses at which members look for each other; follows the pods' addresses, which change
  /// without the pods changing.
  record Seeds(SortedSet<String> addresses) implements KeptObject {
    public Seeds {
      addresses = Collections.unmodifiableSortedSet(new TreeSet<>(addresses));
    }
  }

  /// The tenant's own address, without a selector: the operator itself says who is behind it.
  record ClientService() implements KeptObject {}

  /// Who answers at the tenant's address, and who is just being taken out of it.
  record Endpoints(List<Endpoint> endpoints) implements KeptObject {
    public Endpoints {
      endpoints =
          endpoints.stream()
              .sorted((left, right) -> left.member().compareTo(right.member()))
              .toList();
    }

    /// What is said of the body that a member has at this address; nothing of an earlier one.
    public Optional<Endpoint> of(MemberName member, String ip) {
      return endpoints.stream()
          .filter(endpoint -> endpoint.member().equals(member) && endpoint.ip().equals(ip))
          .findFirst();
    }
  }

  /// Where a member is, and whether clients are to come.
  ///
  /// @param serving whether it answers those who come
  /// @param leaving since when clients are told to go elsewhere, by the operator's clock; empty if
  ///   they are not
  record Endpoint(
      MemberName member,
      String ip,
      String node,
      Zone zone,
      boolean serving,
      Optional<Instant> leaving) {

    /// Whether clients may be sent there.
    public boolean ready() {
      return serving && leaving.isEmpty();
    }
  }

  /// How many pods of a pool may be evicted at once.
  ///
  /// @param maxUnavailable a whole number, because Kubernetes rounds a percentage up
  record Budget(PoolName pool, int maxUnavailable) implements KeptObject {}
}
