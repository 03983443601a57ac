package dev.flotilla.operator.app;

import dev.flotilla.raft.app.VoterHome;
import dev.flotilla.topology.etcd.EtcdAddress;
import dev.flotilla.topology.store.LeaseName;

/// Where members are recorded, and so how it is decided who acts.
///
/// Source: docs/reference/store.md
public sealed interface StoreChoice {

  /// In this process, which rebuilds the records at its start; the newest one acts.
  record Memory() implements StoreChoice {}

  /// In an etcd that the user runs; whoever holds the lease of the site acts.
  record Etcd(EtcdAddress address, LeaseName lease) implements StoreChoice {}

  /// In the operators themselves, one in each zone; whoever holds the lease of the site acts.
  record Raft(VoterHome home, LeaseName lease) implements StoreChoice {}

  /// @throws IllegalArgumentException if a variable cannot be used; names it and says what it may
  ///   be
  static StoreChoice of(Environment environment) {
    var choice = environment.text("FLOTILLA_STORE", "memory");
    return switch (choice) {
      case "memory" -> new Memory();
      case "etcd" -> new Etcd(EtcdVariables.address(environment), lease(environment));
      case "raft" -> new Raft(RaftVariables.home(environment), lease(environment));
      default -> throw Environment.refused("FLOTILLA_STORE", "memory, etcd or raft", choice);
    };
  }

  private static LeaseName lease(Environment environment) {
    var site = environment.text("FLOTILLA_SITE", "default");
    if (!site.matches("[-a-z0-9._]{1,63}")) {
      throw Environment.refused("FLOTILLA_SITE", "1 to 63 of a-z, 0-9, '-', '.' and '_'", site);
    }
    return LeaseName.ofSite(site);
  }
}
