package dev.flotilla.operator.bench;

import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.retention.Retention;
import dev.flotilla.operator.core.status.OperationReport;
import dev.flotilla.operator.core.status.StatusReport;
import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.operator.core.view.StorageClassView;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.Mirrored;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Zone;
import java.time.Instant;
import java.util.Optional;

/// The content of one object in [FakeCluster].
sealed interface Thing {

  /// Kind, and namespace and name; unique.
  String key();

  default String kind() {
    return key().substring(0, key().indexOf(' '));
  }

  /// @param nudge fingerprint of the last nudge
  record Pod(
      PodDraft draft,
      Instant created,
      PodView.Phase phase,
      boolean ready,
      boolean terminating,
      Optional<String> node,
      Optional<String> ip,
      Optional<String> nudge,
      Optional<PodView.Trouble> trouble)
      implements Thing {

    static Pod fresh(PodDraft draft, Instant created) {
      return new Pod(
          draft,
          created,
          PodView.Phase.PENDING,
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    static String key(ClusterRef cluster, MemberName name) {
      return "Pod %s/%s".formatted(cluster.namespace(), name);
    }

    ClusterRef cluster() {
      return draft.member().cluster();
    }

    @Override
    public String key() {
      return key(cluster(), draft.member().name());
    }

    Pod started(String where, String address) {
      return new Pod(
          draft,
          created,
          PodView.Phase.RUNNING,
          false,
          terminating,
          Optional.of(where),
          Optional.of(address),
          nudge,
          Optional.empty());
    }

    Pod troubled(PodView.Trouble why) {
      return new Pod(draft, created, phase, false, terminating, node, ip, nudge, Optional.of(why));
    }

    Pod ending() {
      return new Pod(draft, created, phase, ready, true, node, ip, nudge, trouble);
    }

    Pod over() {
      return new Pod(
          draft, created, PodView.Phase.FAILED, false, terminating, node, ip, nudge, trouble);
    }

    Pod ready(boolean now) {
      return new Pod(draft, created, phase, now, terminating, node, ip, nudge, trouble);
    }

    Pod nudged(String fingerprint) {
      return new Pod(
          draft, created, phase, ready, terminating, node, ip, Optional.of(fingerprint), trouble);
    }
  }

  /// @param record text of its annotation
  /// @param note text of its annotation about a drain
  /// @param retention its annotations about how long it is kept
  record Claim(
      ClusterRef cluster,
      String name,
      String record,
      Optional<String> note,
      Retention retention,
      String storageClass,
      String size,
      VolumeView.Phase phase,
      boolean terminating,
      Optional<Zone> zone)
      implements Thing {

    static String key(ClusterRef cluster, String name) {
      return "Claim %s/%s".formatted(cluster.namespace(), name);
    }

    @Override
    public String key() {
      return key(cluster, name);
    }

    Claim bound(Zone where) {
      return new Claim(
          cluster,
          name,
          record,
          note,
          retention,
          storageClass,
          size,
          VolumeView.Phase.BOUND,
          terminating,
          Optional.of(where));
    }

    Claim saying(String text) {
      return new Claim(
          cluster, name, text, note, retention, storageClass, size, phase, terminating, zone);
    }

    Claim noting(Optional<String> text) {
      return new Claim(
          cluster, name, record, text, retention, storageClass, size, phase, terminating, zone);
    }

    Claim named(String other) {
      return new Claim(
          cluster, other, record, note, retention, storageClass, size, phase, terminating, zone);
    }

    Claim kept(Retention how) {
      return new Claim(
          cluster, name, record, note, how, storageClass, size, phase, terminating, zone);
    }

    Claim grown(String more) {
      return new Claim(
          cluster, name, record, note, retention, storageClass, more, phase, terminating, zone);
    }
  }

  record Pool(ClusterRef cluster, PoolName name, int instances, Optional<String> foreignWriter)
      implements Thing {
    @Override
    public String key() {
      return "Pool %s-%s".formatted(cluster, name);
    }
  }

  record Kept(ClusterRef cluster, KeptObject object) implements Thing {
    @Override
    public String key() {
      var name =
          object instanceof KeptObject.Budget budget ? cluster + "-" + budget.pool() : cluster;
      return "%s %s".formatted(object.getClass().getSimpleName(), name);
    }
  }

  record Secret(ClusterRef cluster, TenantSecret content) implements Thing {
    static String key(ClusterRef cluster) {
      return "Secret %s-tenant".formatted(cluster);
    }

    @Override
    public String key() {
      return key(cluster);
    }
  }

  record Leaf(ClusterRef cluster, MemberName member, Instant expires) implements Thing {
    @Override
    public String key() {
      return "Leaf %s/%s".formatted(cluster.namespace(), member);
    }
  }

  record Node(NodeView view) implements Thing {
    @Override
    public String key() {
      return "Node " + view.name();
    }
  }

  record StorageClass(StorageClassView view) implements Thing {
    @Override
    public String key() {
      return "StorageClass " + view.name();
    }
  }

  record Resource(ClusterRef cluster, ClusterResource content) implements Thing {
    static String key(ClusterRef cluster) {
      return "Resource " + cluster;
    }

    @Override
    public String key() {
      return key(cluster);
    }
  }

  record Status(ClusterRef cluster, StatusReport report) implements Thing {
    static String key(ClusterRef cluster) {
      return "Status " + cluster;
    }

    @Override
    public String key() {
      return key(cluster);
    }
  }

  /// A request of a person.
  ///
  /// @param cluster that it is about
  /// @param report empty until one was written
  record Operation(
      ClusterRef cluster,
      String name,
      Instant created,
      Request.Order order,
      Optional<OperationReport> report)
      implements Thing {
    static String key(ClusterRef cluster, String name) {
      return "Operation %s/%s".formatted(cluster.namespace(), name);
    }

    @Override
    public String key() {
      return key(cluster, name);
    }

    Operation ordered(Request.Order other) {
      return new Operation(cluster, name, created, other, report);
    }

    Operation saying(OperationReport said) {
      return new Operation(cluster, name, created, order, Optional.of(said));
    }
  }

  /// @param holder of the lease that it came with; empty if it came with none
  record Epoch(long value, String holder, boolean halted, Optional<Mirrored.Trusted> trusted)
      implements Thing {
    static final String KEY = "Epoch flotilla-store";

    /// Nobody has acted.
    static final Epoch NONE = new Epoch(0, "", false, Optional.empty());

    Epoch halts() {
      return new Epoch(value, holder, true, trusted);
    }

    /// A person says what counts.
    Epoch trusting(Mirrored.Trusted side) {
      return new Epoch(value, holder, halted, Optional.of(side));
    }

    @Override
    public String key() {
      return KEY;
    }
  }
}
