package dev.flotilla.crds.v1alpha1.fleet;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.flotilla.crds.v1alpha1.WireForm;
import io.fabric8.generator.annotation.Default;

/// What all databases share.
///
/// @param disruption how much may be disrupted on purpose at the same time
/// @param breaker when removals are held because they are too many
@WireForm
public record FleetPolicySpec(
    @Default("{}")
        @JsonPropertyDescription(
            """
            How much the operator may disrupt on purpose at the same time. Repair is no \
            disruption and is never limited. What has begun goes on when the limits become \
            smaller.\
            """)
        DisruptionSpec disruption,
    @Default("{}")
        @JsonPropertyDescription(
            """
            Above how many removals in a short time the operator holds further ones, because \
            they may be an accident. Repair is never held.\
            """)
        BreakerSpec breaker) {

  /// What holds where nothing is written: the defaults of all fields.
  public static final FleetPolicySpec BUILT_IN =
      new FleetPolicySpec(DisruptionSpec.BUILT_IN, BreakerSpec.BUILT_IN);

  public FleetPolicySpec {
    disruption = disruption == null ? DisruptionSpec.BUILT_IN : disruption;
    breaker = breaker == null ? BreakerSpec.BUILT_IN : breaker;
  }
}
