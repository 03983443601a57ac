package dev.flotilla.operator.port;

import dev.flotilla.operator.core.view.TenantView;
import dev.flotilla.topology.model.TenantId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The content of a tenant's Secret: who the tenant is, its certificate authority and its log-ins.
///
/// Never printed.
///
/// @param formed the engine's uuid once it was formed
/// @param files secret content by key, as the engine's adapter laid it out
public record TenantSecret(
    TenantId tenant, Optional<String> formed, SortedMap<String, String> files) {

  public TenantSecret {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  public TenantView view() {
    return new TenantView(tenant, formed);
  }

  @Override
  public String toString() {
    return "TenantSecret[tenant=%s, formed=%s, files=%s]".formatted(tenant, formed, files.keySet());
  }
}
