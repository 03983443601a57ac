package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.TenantView;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Rebuilds what the store forgot from volumes and pods, once for each cluster before its first
/// plan.
///
/// It asks the API server itself, never a cache: a volume that a lagging watch does not show would
/// get a twin.
///
/// Source: R30, R41 in docs/requirements.md.
final class Rosters {

  private final KubeApi kube;
  private final MemberBook book;
  private final Tenants tenants;

  /// The uid of the resource that each cluster was rebuilt for: a resource that is deleted and
  /// applied again is rebuilt anew.
  private final ConcurrentMap<ClusterRef, String> rebuilt = new ConcurrentHashMap<>();

  Rosters(KubeApi kube, MemberBook book, Tenants tenants) {
    this.kube = kube;
    this.book = book;
    this.tenants = tenants;
  }

  /// Makes sure that the store knows every member of the cluster that exists. May block.
  ///
  /// Members of another tenant are left out: their volumes stay visible as strays. As long as the
  /// tenant's Secret is gone, all are taken, so that it is missed.
  ///
  /// @param uid of the cluster's resource
  /// @return empty once the store is complete, otherwise why it cannot be completed now
  Optional<String> ensure(StopSignal stop, ClusterRef cluster, String uid) {
    if (uid.equals(rebuilt.get(cluster))) {
      return Optional.empty();
    }
    tenants.refresh(stop, cluster);
    return switch (tenants.view(cluster)) {
      case Reading.Unknown<Optional<TenantView>>(var why) -> Optional.of(why);
      case Reading.Known<Optional<TenantView>>(var tenant, var at) ->
          rebuild(stop, cluster, uid, tenant.map(TenantView::id));
    };
  }

  private Optional<String> rebuild(
      StopSignal stop, ClusterRef cluster, String uid, Optional<TenantId> tenant) {
    return switch (kube.readMembers(stop, cluster)) {
      case Reading.Unknown<List<MemberRecord>>(var why) -> Optional.of(why);
      case Reading.Known<List<MemberRecord>>(var found, var at) -> {
        var trouble = book.rebuild(cluster, byName(ours(found, tenant)));
        if (trouble.isEmpty()) {
          rebuilt.put(cluster, uid);
        }
        yield trouble;
      }
    };
  }

  /// Whether the store knows every member of the cluster that exists.
  ///
  /// @param uid of the cluster's resource
  boolean isComplete(ClusterRef cluster, String uid) {
    return uid.equals(rebuilt.get(cluster));
  }

  /// What is left of a cluster whose resource is gone.
  ///
  /// @param tenant empty if its Secret is gone, too
  record Former(Reading<Optional<TenantView>> tenant, List<MemberRecord> members) {}

  /// Asks what a cluster that is applied again would find. May block; changes nothing.
  Reading<Former> former(StopSignal stop, ClusterRef cluster) {
    var tenant = tenants.read(stop, cluster);
    return switch (tenant) {
      case Reading.Unknown<Optional<TenantView>>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<Optional<TenantView>>(var found, var at) ->
          switch (kube.readMembers(stop, cluster)) {
            case Reading.Unknown<List<MemberRecord>>(var why) -> new Reading.Unknown<>(why);
            case Reading.Known<List<MemberRecord>>(var members, var then) ->
                new Reading.Known<>(
                    new Former(tenant, byName(ours(members, found.map(TenantView::id)))), then);
          };
    };
  }

  /// The record may not be what the store has: it is rebuilt before the next plan.
  void doubt(ClusterRef cluster) {
    rebuilt.remove(cluster);
  }

  void forget(ClusterRef cluster) {
    doubt(cluster);
    var _ = book.forget(cluster); // if it fails, what is left is replaced when it is applied again
  }

  private static List<MemberRecord> ours(List<MemberRecord> found, Optional<TenantId> tenant) {
    return found.stream()
        .filter(record -> tenant.map(record.tenant()::equals).orElse(true))
        .toList();
  }

  /// One record for each name; a claim and a pod of one member say the same.
  private static List<MemberRecord> byName(List<MemberRecord> found) {
    var records = new TreeMap<MemberName, MemberRecord>();
    found.forEach(record -> records.put(record.name(), record));
    return List.copyOf(records.values());
  }
}
