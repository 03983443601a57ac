package dev.flotilla.operator.wire;

import static dev.flotilla.operator.wire.ChoiceShape.variant;
import static dev.flotilla.operator.wire.RecordShape.field;
import static dev.flotilla.operator.wire.Shapes.byName;
import static dev.flotilla.operator.wire.Shapes.list;
import static dev.flotilla.operator.wire.Shapes.map;
import static dev.flotilla.operator.wire.Shapes.optional;
import static dev.flotilla.operator.wire.Shapes.optionalInt;
import static dev.flotilla.operator.wire.Shapes.set;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.retention.Deletion;
import dev.flotilla.operator.core.retention.Retention;
import dev.flotilla.operator.core.retention.RetentionPolicy;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.ClusterView.KeptVolume;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.core.view.PoolView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.Resources;
import dev.flotilla.operator.core.view.Role;
import dev.flotilla.operator.core.view.StorageClassView;
import dev.flotilla.operator.core.view.TenantView;
import dev.flotilla.operator.core.view.Terrain;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.MemberState;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.model.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/// How everything that the planner sees is written.
final class ViewShapes {

  private static final Shape<String> TEXT = Scalar.text();
  private static final Shape<Boolean> TRUTH = Scalar.truth();
  private static final Shape<Instant> INSTANT = Scalar.instant();
  private static final Shape<Integer> COUNT = Scalar.count();
  private static final Shape<SortedMap<String, String>> TEXTS = byName(TEXT);

  private static final RecordShape<Slot> SLOT =
      RecordShape.of(
          Slot.class,
          field("pool", Words.POOL),
          field("zone", Words.ZONE),
          field("ordinal", COUNT));

  private static final RecordShape<MemberRecord> RECORD =
      RecordShape.of(
          MemberRecord.class,
          field("cluster", Words.CLUSTER),
          field("tenant", Words.TENANT),
          field("name", Words.MEMBER),
          field("slot", SLOT),
          field("founding", TRUTH),
          field("state", Scalar.constant(MemberState.class)),
          field("instead", optional(Words.MEMBER)));

  private static final RecordShape<Decoded.Valid<VolumeRecord>> VALID =
      RecordShape.of(
          Decoded.Valid.class,
          field(
              "value",
              "record",
              RecordShape.<VolumeRecord>of(
                  VolumeRecord.class,
                  field("member", RECORD),
                  field("volumeUid", optional(TEXT)),
                  field("engineUuid", optional(TEXT)))));

  private static final RecordShape<Decoded.Damaged<VolumeRecord>> DAMAGED =
      RecordShape.of(Decoded.Damaged.class, field("why", "damaged", TEXT));

  private static final Shape<Decoded<VolumeRecord>> DECODED =
      ChoiceShape.of(variant("record", VALID), variant("damaged", DAMAGED));

  private static final RecordShape<VolumeView> VOLUME =
      RecordShape.of(
          VolumeView.class,
          field("name", TEXT),
          field("uid", TEXT),
          field("resourceVersion", TEXT),
          field("phase", Scalar.constant(VolumeView.Phase.class)),
          field("terminating", TRUTH),
          field("record", "annotation", DECODED),
          field("note", optional(TEXT)),
          field(
              "retention",
              RecordShape.of(
                  Retention.class, field("mark", optional(TEXT)), field("word", optional(TEXT)))),
          field("zone", optional(Words.ZONE)),
          field("node", optional(TEXT)),
          field(
              "asked",
              RecordShape.of(
                  VolumeView.Asked.class,
                  field("size", TEXT),
                  field("storageClass", optional(TEXT)))),
          field("capacity", optional(TEXT)));

  private static final RecordShape<PodView> POD =
      RecordShape.of(
          PodView.class,
          field("uid", TEXT),
          field("resourceVersion", TEXT),
          field("created", INSTANT),
          field("phase", Scalar.constant(PodView.Phase.class)),
          field("ready", TRUTH),
          field("running", TRUTH),
          field("terminating", TRUTH),
          field("node", optional(TEXT)),
          field("ip", optional(TEXT)),
          field("revision", TEXT),
          field("nudge", optional(TEXT)),
          field(
              "trouble",
              optional(
                  RecordShape.<PodView.Trouble>of(
                      PodView.Trouble.class,
                      field("kind", Scalar.constant(PodView.Trouble.Kind.class)),
                      field("detail", TEXT)))));

  private static final RecordShape<MemberView> MEMBER =
      RecordShape.of(
          MemberView.class,
          field("record", RECORD),
          field("drain", optional(DrainShapes.DRAIN)),
          field("volume", optional(VOLUME)),
          field("pod", optional(POD)),
          field("certificateExpires", optional(INSTANT)));

  private static final RecordShape<PoolSpec> POOL_SPEC =
      RecordShape.of(
          PoolSpec.class,
          field("name", Words.POOL),
          field("roles", set(Scalar.constant(Role.class))),
          field("instances", optionalInt(COUNT)),
          field(
              "resources",
              RecordShape.<Resources>of(
                  Resources.class, field("requests", TEXTS), field("limits", TEXTS))),
          field("storageSize", TEXT),
          field("storageClass", optional(TEXT)));

  private static final Shape<Duration> HOURS =
      Scalar.<Duration>number(Duration::toHours, Duration::ofHours);

  private static final RecordShape<ClusterSpec> SPEC =
      RecordShape.of(
          ClusterSpec.class,
          field("engineVersion", TEXT),
          field("image", TEXT),
          field("config", TEXTS),
          field("zones", list(Words.ZONE)),
          field("forcedAwareness", TRUTH),
          field(
              "retention",
              RecordShape.<RetentionPolicy>of(
                  RetentionPolicy.class,
                  field("whenScaled", optional(HOURS)),
                  field("whenDeleted", optional(HOURS)))),
          field("drain", DrainShapes.POLICY),
          field("pools", list(POOL_SPEC)));

  private static final RecordShape<Terrain> TERRAIN =
      RecordShape.of(
          Terrain.class,
          field(
              "nodes",
              byName(
                  RecordShape.<NodeView>of(
                      NodeView.class,
                      field("name", TEXT),
                      field("zone", optional(Words.ZONE)),
                      field("ready", TRUTH),
                      field("schedulable", TRUTH),
                      field("outOfService", TRUTH)))),
          field(
              "storageClasses",
              byName(
                  RecordShape.<StorageClassView>of(
                      StorageClassView.class,
                      field("name", TEXT),
                      field("isDefault", "default", TRUTH),
                      field("bindsLate", TRUTH),
                      field("grows", TRUTH),
                      field("zones", list(Words.ZONE))))));

  private static final RecordShape<EngineReport> ENGINE =
      RecordShape.of(
          EngineReport.class,
          field("clusterUuid", TEXT),
          field("health", Scalar.constant(EngineReport.Health.class)),
          field(
              "nodes",
              "members",
              list(
                  RecordShape.<EngineReport.Node>of(
                      EngineReport.Node.class,
                      field("name", TEXT),
                      field("id", TEXT),
                      field("version", TEXT),
                      field("shards", COUNT),
                      field("moving", COUNT)))));

  private static final Shape<Authority> AUTHORITY =
      new ChoiceShape<>(
          List.of(
              variant(
                  "epoch",
                  RecordShape.of(
                      Authority.Acting.class,
                      field("epoch", Scalar.number(Epoch::value, Epoch::new)))),
              variant(
                  "minding",
                  RecordShape.of(
                      Authority.Minding.class,
                      field("epoch", "minding", Scalar.number(Epoch::value, Epoch::new)),
                      field("reason", Scalar.constant(Reason.class)),
                      field("why", TEXT))),
              variant(
                  "notActing",
                  RecordShape.of(Authority.NotActing.class, field("why", "notActing", TEXT)))));

  private static final RecordShape<ClusterView.Identity> IDENTITY =
      RecordShape.of(
          ClusterView.Identity.class,
          field("ref", "cluster", Words.CLUSTER),
          field("uid", TEXT),
          field("generation", Scalar.<Long>number(value -> value, value -> value)),
          field("deletion", Scalar.constant(Deletion.class)),
          field("now", INSTANT));

  /// All of it.
  static final RecordShape<ClusterView> VIEW =
      RecordShape.of(
          ClusterView.class,
          field("identity", IDENTITY),
          field("spec", SPEC),
          field("authority", AUTHORITY),
          field("fresh", reading(INSTANT)),
          field("revision", Scalar.number(Revision::value, Revision::new)),
          field(
              "tenant",
              reading(
                  optional(
                      RecordShape.<TenantView>of(
                          TenantView.class,
                          field("id", Words.TENANT),
                          field("formed", optional(TEXT)))))),
          field("members", list(MEMBER)),
          field("gone", list(SLOT)),
          field(
              "kept",
              list(
                  RecordShape.<KeptVolume>of(
                      KeptVolume.class,
                      field("record", RECORD),
                      field("drain", DrainShapes.DRAIN),
                      field("volume", VOLUME)))),
          field(
              "strays",
              list(
                  RecordShape.<ClusterView.StrayVolume>of(
                      ClusterView.StrayVolume.class, field("name", TEXT), field("why", TEXT)))),
          field(
              "pools",
              map(
                  PoolName::value,
                  PoolName::new,
                  RecordShape.<PoolView>of(
                      PoolView.class,
                      field("name", Words.POOL),
                      field("uid", TEXT),
                      field("instances", COUNT),
                      field("foreignWriter", optional(TEXT))))),
          field("terrain", TERRAIN),
          field("engine", reading(ENGINE)),
          field("drainage", optional(DrainShapes.DRAINAGE)),
          field("requests", list(DrainShapes.REQUEST)),
          field("fleet", reading(FleetShapes.FLEET)),
          field("standing", StandingShapes.STANDING),
          field(
              "blueprint",
              RecordShape.<ClusterView.Blueprint>of(
                  ClusterView.Blueprint.class, field("files", TEXTS))));

  private ViewShapes() {}

  /// A fact, or why it is not known.
  static <T> Shape<Reading<T>> reading(Shape<T> value) {
    RecordShape<Reading.Known<T>> known =
        RecordShape.of(Reading.Known.class, field("value", value), field("readAt", INSTANT));
    RecordShape<Reading.Unknown<T>> unknown =
        RecordShape.of(Reading.Unknown.class, field("why", "unknown", TEXT));
    return ChoiceShape.of(variant("readAt", known), variant("unknown", unknown));
  }
}
