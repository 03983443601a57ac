package dev.flotilla.operator.wire;

import static dev.flotilla.operator.wire.RecordShape.field;
import static dev.flotilla.operator.wire.Shapes.list;
import static dev.flotilla.operator.wire.Shapes.optionalInt;
import static dev.flotilla.operator.wire.Shapes.set;

import dev.flotilla.operator.core.fleet.Disruptions;
import dev.flotilla.operator.core.fleet.FleetFacts;
import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.fleet.Losses;
import java.time.Duration;

/// How what a database shares with all others is written.
final class FleetShapes {

  private static final Shape<Integer> COUNT = Scalar.count();

  private static final RecordShape<FleetLimits.Limit> LIMIT =
      RecordShape.of(FleetLimits.Limit.class, field("number", COUNT), field("percent", COUNT));

  private static final RecordShape<FleetLimits.Disruption> DISRUPTION =
      RecordShape.of(
          FleetLimits.Disruption.class,
          field("maxClusters", COUNT),
          field("oneZoneAtATime", Scalar.truth()),
          field("allowed", set(Scalar.constant(FleetLimits.Kind.class))));

  private static final RecordShape<FleetLimits.Breaker> BREAKER =
      RecordShape.of(
          FleetLimits.Breaker.class,
          field("clusters", LIMIT),
          field("members", LIMIT),
          field(
              "window",
              "windowSeconds",
              Scalar.<Duration>number(Duration::toSeconds, Duration::ofSeconds)));

  private static final RecordShape<Disruptions> DISRUPTIONS =
      RecordShape.of(
          Disruptions.class,
          field("running", COUNT),
          field("zones", set(Words.ZONE)),
          field("ahead", COUNT),
          field("zonesAhead", set(Words.ZONE)));

  private static final RecordShape<Losses> LOSSES =
      RecordShape.of(
          Losses.class, field("members", COUNT), field("givenUp", list(Scalar.instant())));

  /// All of it.
  static final RecordShape<FleetFacts> FLEET =
      RecordShape.of(
          FleetFacts.class,
          field(
              "limits",
              RecordShape.<FleetLimits>of(
                  FleetLimits.class, field("disruption", DISRUPTION), field("breaker", BREAKER))),
          field("clusters", COUNT),
          field("removals", list(Scalar.instant())),
          field("ahead", optionalInt(COUNT)),
          field("others", DISRUPTIONS),
          field("losses", LOSSES));

  private FleetShapes() {}
}
