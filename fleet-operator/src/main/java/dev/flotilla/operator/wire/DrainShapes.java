package dev.flotilla.operator.wire;

import static dev.flotilla.operator.wire.RecordShape.field;
import static dev.flotilla.operator.wire.Shapes.as;
import static dev.flotilla.operator.wire.Shapes.list;
import static dev.flotilla.operator.wire.Shapes.map;
import static dev.flotilla.operator.wire.Shapes.optional;
import static dev.flotilla.operator.wire.Shapes.set;

import dev.flotilla.operator.core.estimate.Pace;
import dev.flotilla.operator.core.view.DrainPolicy;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.Feasibility;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How drains are written, and what an engine says about them.
final class DrainShapes {

  private static final Shape<String> TEXT = Scalar.text();
  private static final Shape<Integer> COUNT = Scalar.count();
  private static final Shape<Long> LONG = Scalar.number(value -> value, value -> value);

  /// A drain as the store has it.
  static final Shape<DrainRecord> DRAIN =
      Scalar.named("^v1 ", DrainRecordCodec::encode, DrainShapes::drain, "copy it from the store");

  private static final Shape<OptionalLong> OPTIONAL_LONG =
      as(
          optional(LONG),
          value -> value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty(),
          value -> value.map(OptionalLong::of).orElse(OptionalLong.empty()));

  private static final RecordShape<EngineMarks.Evidence> EVIDENCE =
      RecordShape.of(
          EngineMarks.Evidence.class,
          field("clusterUuid", TEXT),
          field("term", LONG),
          field("version", LONG));

  private static final RecordShape<EngineMarks> MARKS =
      RecordShape.of(
          EngineMarks.class,
          field("evidence", EVIDENCE),
          field("list", TEXT),
          field("named", set(TEXT)),
          field(
              "elsewhere",
              list(
                  RecordShape.<EngineMarks.ForeignMark>of(
                      EngineMarks.ForeignMark.class,
                      field("setting", TEXT),
                      field("passing", Scalar.truth()),
                      field("by", Scalar.constant(EngineMarks.By.class)),
                      field("text", TEXT)))),
          field("hidden", optional(TEXT)));

  /// How members are emptied, as the user wants it.
  static final RecordShape<DrainPolicy> POLICY =
      RecordShape.of(
          DrainPolicy.class,
          field(
              "timeout",
              "timeoutSeconds",
              Scalar.<Duration>number(Duration::toSeconds, Duration::ofSeconds)),
          field("then", "onTimeout", Scalar.constant(Deadline.OnTimeout.class)),
          field("together", "maxConcurrentDrains", COUNT),
          field("foreign", "foreignExcludes", Scalar.constant(DrainPolicy.Foreign.class)));

  private static final RecordShape<Evacuation.Seat> SEAT =
      RecordShape.of(
          Evacuation.Seat.class,
          field("name", TEXT),
          field("nodeId", "id", TEXT),
          field("processId", TEXT),
          field("copies", COUNT),
          field(
              "usage",
              optional(
                  RecordShape.<Evacuation.Usage>of(
                      Evacuation.Usage.class,
                      field("shardBytes", LONG),
                      field("copiedBytes", LONG),
                      field("freeBytes", LONG),
                      field("totalBytes", OPTIONAL_LONG)))));

  private static final RecordShape<Evacuation.Copy> COPY =
      RecordShape.of(
          Evacuation.Copy.class,
          field("index", TEXT),
          field("shard", COUNT),
          field("primary", Scalar.truth()),
          field("at", optional(TEXT)),
          field("movingTo", optional(TEXT)),
          field("reason", optional(TEXT)));

  private static final RecordShape<Evacuation> EVACUATION =
      RecordShape.of(
          Evacuation.class,
          field("evidence", EVIDENCE),
          field("health", Scalar.constant(EngineReport.Health.class)),
          field("members", list(SEAT)),
          field("left", list(COPY)),
          field("unassigned", list(COPY)),
          field("voters", set(TEXT)),
          field("keptFromVoting", COUNT));

  private static final RecordShape<Explained> EXPLAINED =
      RecordShape.of(
          Explained.class,
          field("copy", COPY),
          field("answer", Scalar.constant(Explained.Answer.class)),
          field(
              "objections",
              list(
                  RecordShape.<Explained.Objection>of(
                      Explained.Objection.class,
                      field("decider", TEXT),
                      field("words", TEXT),
                      field("members", COUNT)))));

  private static final RecordShape<Feasibility> FEASIBILITY =
      RecordShape.of(
          Feasibility.class,
          field("leaving", set(Words.MEMBER)),
          field("copies", COUNT),
          field("explained", list(EXPLAINED)));

  private static final RecordShape<Pace> PACE =
      RecordShape.of(
          Pace.class,
          field("began", Scalar.instant()),
          field("seen", Scalar.instant()),
          field("most", LONG),
          field("copies", COUNT),
          field(
              "edges",
              list(
                  RecordShape.<Pace.Edge>of(
                      Pace.Edge.class, field("at", Scalar.instant()), field("left", LONG)))));

  /// What an engine says about members that are to be emptied.
  static final RecordShape<Drainage> DRAINAGE =
      RecordShape.of(
          Drainage.class,
          field("marks", ViewShapes.reading(MARKS)),
          field("now", ViewShapes.reading(EVACUATION)),
          field("before", ViewShapes.reading(EVACUATION)),
          field("feasibility", ViewShapes.reading(FEASIBILITY)),
          field("still", map(MemberName::value, MemberName::new, Scalar.instant())),
          field("paces", map(MemberName::value, MemberName::new, PACE)));

  /// What a person asks for.
  static final RecordShape<Request> REQUEST =
      RecordShape.of(
          Request.class,
          field("name", TEXT),
          field("uid", TEXT),
          field("generation", LONG),
          field("created", Scalar.instant()),
          field(
              "order",
              RecordShape.<Request.Order>of(
                  Request.Order.class,
                  field("kind", Scalar.constant(Request.Kind.class)),
                  field("members", list(TEXT)),
                  field("cancelled", Scalar.truth()),
                  field(
                      "deadline",
                      RecordShape.<Deadline>of(
                          Deadline.class,
                          field("at", Scalar.instant()),
                          field("then", Scalar.constant(Deadline.OnTimeout.class)))),
                  field("abandoned", optional(TEXT)))),
          field("over", Scalar.truth()),
          field("removed", set(TEXT)),
          field("gone", set(TEXT)));

  private DrainShapes() {}

  private static DrainRecord drain(String text) {
    return switch (DrainRecordCodec.decode(text)) {
      case Decoded.Valid<DrainRecord>(var drain) -> drain;
      case Decoded.Damaged<DrainRecord>(var why) -> throw new IllegalArgumentException(why);
    };
  }
}
