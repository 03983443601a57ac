package dev.flotilla.topology.model;

/// The identity of one tenant's data, given once and kept with it.
///
/// It outlives the `DatabaseCluster`: it lies in the tenant's Secret and on every volume, so that a
/// cluster which is deleted and applied again finds its own volumes and never a namesake's.
///
/// @param value 1 to 64 characters; in practice the uid of the first `DatabaseCluster` Source: D1,
///   R30 in docs/requirements.md.
public record TenantId(String value) {

  public TenantId {
    if (value.isBlank() || value.length() > 64) {
      throw new IllegalArgumentException("tenant id must have 1 to 64 characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
