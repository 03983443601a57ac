package dev.flotilla.operator.core.view;

import dev.flotilla.topology.model.PoolName;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/// What the user wants of one pool.
///
/// @param instances how many members; empty when the pool's own scale decides
/// @param storageSize size of each member's volume, a Kubernetes quantity
/// @param storageClass empty means the Kubernetes cluster's default class
public record PoolSpec(
    PoolName name,
    SortedSet<Role> roles,
    OptionalInt instances,
    Resources resources,
    String storageSize,
    Optional<String> storageClass) {

  public PoolSpec {
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("pool " + name + " has no role");
    }
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }
}
