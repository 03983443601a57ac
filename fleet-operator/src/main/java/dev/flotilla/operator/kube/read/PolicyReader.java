package dev.flotilla.operator.kube.read;

import dev.flotilla.crds.v1alpha1.fleet.BreakerSpec;
import dev.flotilla.crds.v1alpha1.fleet.DisruptionKind;
import dev.flotilla.crds.v1alpha1.fleet.DisruptionSpec;
import dev.flotilla.crds.v1alpha1.fleet.FleetPolicySpec;
import dev.flotilla.crds.v1alpha1.fleet.RawFleetPolicy;
import dev.flotilla.operator.core.fleet.FleetLimits;
import java.time.Duration;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A `FleetPolicy` as [FleetLimits].
public final class PolicyReader {

  /// What holds where there is no policy.
  public static final FleetLimits BUILT_IN = limits(FleetPolicySpec.BUILT_IN);

  private PolicyReader() {}

  /// What a policy says.
  public sealed interface PolicyFacts {

    /// Limits to go by.
    record Sound(FleetLimits limits) implements PolicyFacts {}

    /// It was stored before today's rules and makes no sense. To go by anything else would be a
    /// guess at what a person allows.
    ///
    /// @param why one clause that names the field and the remedy
    record Senseless(String why) implements PolicyFacts {}
  }

  public static PolicyFacts read(RawFleetPolicy policy) {
    return switch (Part.read("spec", policy.getSpec(), FleetPolicySpec.class)) {
      case Part.Absent<FleetPolicySpec> absent -> new PolicyFacts.Sound(BUILT_IN);
      case Part.Senseless<FleetPolicySpec>(var place) -> senseless(place, "");
      case Part.Sound<FleetPolicySpec>(var spec) -> sound(spec);
    };
  }

  private static PolicyFacts sound(FleetPolicySpec spec) {
    try {
      return new PolicyFacts.Sound(limits(spec));
    } catch (IllegalArgumentException e) {
      return senseless("spec", " (" + e.getMessage() + ")");
    }
  }

  private static PolicyFacts senseless(String place, String why) {
    return new PolicyFacts.Senseless(
        "%s of the FleetPolicy default holds what it cannot hold%s; write it as kubectl explain fleetpolicies.%s says, or delete the policy"
            .formatted(place, why, place.replaceAll("\\[[0-9]+]", "")));
  }

  private static FleetLimits limits(FleetPolicySpec spec) {
    return new FleetLimits(disruption(spec.disruption()), breaker(spec.breaker()));
  }

  private static FleetLimits.Disruption disruption(DisruptionSpec spec) {
    return new FleetLimits.Disruption(
        spec.maxClusters(),
        spec.oneZoneAtATime(),
        spec.allowed().stream()
            .map(PolicyReader::kind)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static FleetLimits.Kind kind(DisruptionKind kind) {
    return switch (kind) {
      case DRAIN -> FleetLimits.Kind.DRAIN;
      case RESTART -> FleetLimits.Kind.RESTART;
      case REPLACE -> FleetLimits.Kind.REPLACE;
      case REBALANCE -> FleetLimits.Kind.REBALANCE;
    };
  }

  private static FleetLimits.Breaker breaker(BreakerSpec spec) {
    return new FleetLimits.Breaker(
        new FleetLimits.Limit(spec.clusters(), spec.clustersPercent()),
        new FleetLimits.Limit(spec.members(), spec.membersPercent()),
        Duration.ofSeconds(spec.windowSeconds()));
  }
}
