package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.TenantView;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.ClusterRef;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What the tenants' Secrets say, read when a watch shows that one changed and kept in memory until
/// then.
///
/// That a tenant has *no* Secret is believed only from a consistent read: a watch that lags would
/// found it a second time.
final class Tenants {

  private final KubeApi kube;
  private final KubeCache cache;
  private final InstantSource clock;
  private final ConcurrentMap<ClusterRef, Entry> entries = new ConcurrentHashMap<>();

  /// @param version of the Secret as the watch showed it when this was read; empty if it showed
  ///   none
  /// @param pass the signal of the pass that read it: that there is none is believed no longer
  private record Entry(
      Optional<String> version, Reading<Optional<TenantSecret>> reading, StopSignal pass) {

    boolean isCurrent(Optional<String> shown, StopSignal now) {
      return version.equals(shown)
          && reading.known().map(secret -> secret.isPresent() || pass == now).orElse(false);
    }
  }

  Tenants(KubeApi kube, KubeCache cache, InstantSource clock) {
    this.kube = kube;
    this.cache = cache;
    this.clock = clock;
  }

  /// Reads a tenant's Secret if what is kept is not current. May block.
  ///
  /// @param stop the signal of the pass, one for each
  void refresh(StopSignal stop, ClusterRef cluster) {
    var shown = cache.tenantVersion(cluster);
    var entry = entries.get(cluster);
    if (entry == null || !entry.isCurrent(shown, stop)) {
      entries.put(cluster, new Entry(shown, kube.readTenant(stop, cluster), stop));
    }
  }

  /// Reads what the Secret of a tenant says, without keeping anything. May block.
  Reading<Optional<TenantView>> read(StopSignal stop, ClusterRef cluster) {
    return view(kube.readTenant(stop, cluster));
  }

  /// Keeps a Secret as this process has just written it.
  void remember(StopSignal stop, ClusterRef cluster, TenantSecret secret) {
    var reading = new Reading.Known<>(Optional.of(secret), clock.instant());
    entries.put(cluster, new Entry(cache.tenantVersion(cluster), reading, stop));
  }

  /// Reads it again at the next occasion.
  void doubt(ClusterRef cluster) {
    entries.remove(cluster);
  }

  Optional<TenantSecret> secret(ClusterRef cluster) {
    return reading(cluster).known().flatMap(secret -> secret);
  }

  Reading<Optional<TenantView>> view(ClusterRef cluster) {
    return view(reading(cluster));
  }

  private static Reading<Optional<TenantView>> view(Reading<Optional<TenantSecret>> reading) {
    return switch (reading) {
      case Reading.Unknown<Optional<TenantSecret>>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<Optional<TenantSecret>>(var secret, var at) ->
          new Reading.Known<>(secret.map(TenantSecret::view), at);
    };
  }

  private Reading<Optional<TenantSecret>> reading(ClusterRef cluster) {
    var entry = entries.get(cluster);
    return entry == null ? new Reading.Unknown<>("it has not been read yet") : entry.reading();
  }
}
