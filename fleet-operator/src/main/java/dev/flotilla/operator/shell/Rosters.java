package dev.flotilla.operator.shell;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.TenantView;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.Remains;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.store.Roster;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Reads the record of a cluster's members anew before its first plan of each epoch, and rebuilds
/// it from volumes and pods where the store knows nothing of this resource.
///
/// Where the store knows the resource, it says who is a member: one without volume and pod is one,
/// and a volume that is not recorded is none's. To rebuild, it asks the API server itself, never a
/// cache: a volume that a lagging watch does not show would get a twin.
///
/// Source: R30, R41 in docs/requirements.md; docs/adr/0019-a-lease-and-its-mirror.md
final class Rosters {

  private final KubeApi kube;
  private final MemberBook book;
  private final Tenants tenants;

  private final ConcurrentMap<ClusterRef, Occasion> read = new ConcurrentHashMap<>();

  /// For what a record was read: another resource of the same name, and another epoch, in which
  /// others may have acted in between, is a new one.
  private record Occasion(String uid, Epoch epoch) {}

  Rosters(KubeApi kube, MemberBook book, Tenants tenants) {
    this.kube = kube;
    this.book = book;
    this.tenants = tenants;
  }

  /// Makes sure that the book has what the store says of the cluster, and that the store knows
  /// every member that exists. May block.
  ///
  /// Members of another tenant are left out: their volumes stay visible as strays. As long as the
  /// tenant's Secret is gone, all are taken, so that it is missed.
  ///
  /// @param uid of the cluster's resource
  /// @return empty once the record is complete, otherwise why it cannot be completed now
  Optional<Trouble> ensure(StopSignal stop, ClusterRef cluster, String uid, Epoch epoch) {
    if (isComplete(cluster, uid, epoch)) {
      return Optional.empty();
    }
    var trouble =
        switch (book.load(cluster, uid)) {
          case MemberBook.Recorded.Same same -> Optional.<Trouble>empty();
          case MemberBook.Recorded.Other(var roster) -> rebuild(stop, cluster, uid, epoch, roster);
          case MemberBook.Recorded.Unknown(var why) -> Optional.of(why);
        };
    if (trouble.isEmpty()) {
      read.put(cluster, new Occasion(uid, epoch));
    }
    return trouble;
  }

  /// Whether the book has what the store says of the cluster, as it was read in this epoch or can
  /// be read now. Records nothing. May block.
  ///
  /// @param uid of the cluster's resource
  boolean recall(ClusterRef cluster, String uid, Epoch epoch) {
    if (!isComplete(cluster, uid, epoch)
        && book.load(cluster, uid) instanceof MemberBook.Recorded.Same) {
      read.put(cluster, new Occasion(uid, epoch));
    }
    return isComplete(cluster, uid, epoch);
  }

  private Optional<Trouble> rebuild(
      StopSignal stop, ClusterRef cluster, String uid, Epoch epoch, Roster before) {
    tenants.refresh(stop, cluster);
    return switch (tenants.view(cluster)) {
      case Reading.Unknown<Optional<TenantView>>(var why) -> unread(why);
      case Reading.Known<Optional<TenantView>>(var tenant, var at) ->
          switch (kube.readMembers(stop, cluster)) {
            case Reading.Unknown<Remains>(var why) -> unread(why);
            case Reading.Known<Remains>(var found, var then) -> {
              var existing = ours(found, tenant.map(TenantView::id));
              yield book.rebuild(cluster, uid, epoch, before, existing);
            }
          };
    };
  }

  private static Optional<Trouble> unread(String why) {
    return Optional.of(new Trouble(Reason.STORE_REBUILDING, why));
  }

  /// Whether the book has every member of the cluster.
  ///
  /// @param uid of the cluster's resource
  boolean isComplete(ClusterRef cluster, String uid, Epoch epoch) {
    return new Occasion(uid, epoch).equals(read.get(cluster));
  }

  /// What is left of a cluster whose resource is gone.
  ///
  /// @param tenant empty if its Secret is gone, too
  record Former(Reading<Optional<TenantView>> tenant, Roster roster) {}

  /// Asks what a cluster that is applied again would find. May block; changes nothing.
  Reading<Former> former(StopSignal stop, ClusterRef cluster) {
    var tenant = tenants.read(stop, cluster);
    return switch (tenant) {
      case Reading.Unknown<Optional<TenantView>>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<Optional<TenantView>>(var found, var at) ->
          switch (kube.readMembers(stop, cluster)) {
            case Reading.Unknown<Remains>(var why) -> new Reading.Unknown<>(why);
            case Reading.Known<Remains>(var remains, var then) ->
                new Reading.Known<>(
                    new Former(tenant, ours(remains, found.map(TenantView::id))), then);
          };
    };
  }

  /// The book may not say what the store has: it is read again before the next plan.
  void doubt(ClusterRef cluster) {
    read.remove(cluster);
  }

  /// Drops what is remembered of a cluster, and nothing else.
  void drop(ClusterRef cluster) {
    doubt(cluster);
    book.drop(cluster);
  }

  /// Drops what is recorded of a cluster whose resource is gone.
  void forget(ClusterRef cluster, Epoch epoch) {
    doubt(cluster);
    book.forget(cluster, epoch);
  }

  /// One record for each name; a claim and a pod of one member say the same.
  private static Roster ours(Remains found, Optional<TenantId> tenant) {
    var members = new TreeMap<MemberName, MemberRecord>();
    found.members().stream()
        .filter(record -> tenant.map(record.tenant()::equals).orElse(true))
        .forEach(record -> members.put(record.name(), record));
    var drains =
        found.drains().stream().filter(drain -> members.containsKey(drain.member())).toList();
    return new Roster(Revision.NONE, List.copyOf(members.values()), drains);
  }
}
