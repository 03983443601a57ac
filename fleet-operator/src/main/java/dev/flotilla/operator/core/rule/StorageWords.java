package dev.flotilla.operator.core.rule;

import dev.flotilla.operator.core.view.PoolSpec;

/// What is said when a pool's storage class is not there.
public final class StorageWords {

  private StorageWords() {}

  public static String missing(PoolSpec pool) {
    return pool.storageClass()
        .map(name ->
            "Storage class %s of pool %s does not exist. Create it.".formatted(name, pool.name()))
        .orElse(
            "Pool %s names no storage class and none is the default. Mark one as default or set spec.pools[].storage.storageClassName."
                .formatted(pool.name()));
  }
}
