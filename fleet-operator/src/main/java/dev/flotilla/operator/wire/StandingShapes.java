package dev.flotilla.operator.wire;

import static dev.flotilla.operator.wire.RecordShape.field;
import static dev.flotilla.operator.wire.Shapes.byName;
import static dev.flotilla.operator.wire.Shapes.list;
import static dev.flotilla.operator.wire.Shapes.map;
import static dev.flotilla.operator.wire.Shapes.optional;
import static dev.flotilla.operator.wire.Shapes.set;

import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.object.Standing;
import dev.flotilla.topology.model.PoolName;

/// How the kept objects are written, as they stand.
final class StandingShapes {

  private static final Shape<String> TEXT = Scalar.text();
  private static final Shape<Integer> COUNT = Scalar.count();

  private static final RecordShape<KeptObject.Endpoint> ENDPOINT =
      RecordShape.of(
          KeptObject.Endpoint.class,
          field("member", Words.MEMBER),
          field("ip", TEXT),
          field("node", TEXT),
          field("zone", Words.ZONE),
          field("serving", Scalar.truth()),
          field("leaving", optional(Scalar.instant())));

  static final RecordShape<Standing> STANDING =
      RecordShape.of(
          Standing.class,
          field(
              "config",
              optional(
                  RecordShape.<KeptObject.Config>of(
                      KeptObject.Config.class, field("files", byName(TEXT))))),
          field(
              "seeds",
              optional(
                  RecordShape.<KeptObject.Seeds>of(
                      KeptObject.Seeds.class, field("addresses", set(TEXT))))),
          field(
              "service",
              optional(RecordShape.<KeptObject.ClientService>of(KeptObject.ClientService.class))),
          field(
              "endpoints",
              optional(
                  RecordShape.<KeptObject.Endpoints>of(
                      KeptObject.Endpoints.class, field("endpoints", list(ENDPOINT))))),
          field(
              "budgets",
              map(
                  PoolName::value,
                  PoolName::new,
                  RecordShape.<KeptObject.Budget>of(
                      KeptObject.Budget.class,
                      field("pool", Words.POOL),
                      field("maxUnavailable", COUNT)))));

  private StandingShapes() {}
}
