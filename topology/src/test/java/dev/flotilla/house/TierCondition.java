package dev.flotilla.house;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips, with a reason that the report prints, each test whose tier was not asked for.
///
/// Tiers are asked for by the system property `flotilla.tiers`, a comma-separated list of tags. Skipping
/// instead of filtering keeps what did not run visible and countable.
public final class TierCondition implements ExecutionCondition {

  private static final Set<String> ASKED_FOR =
      Stream.of(System.getProperty("flotilla.tiers", "").split(","))
          .map(String::strip)
          .collect(Collectors.toUnmodifiableSet());

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Arrays.stream(Tier.values())
        .filter(tier -> context.getTags().contains(tier.tag()))
        .filter(tier -> !ASKED_FOR.contains(tier.tag()))
        .findFirst()
        .map(tier -> ConditionEvaluationResult.disabled(tier.need()))
        .orElseGet(() -> ConditionEvaluationResult.enabled("asked for, or needs nothing"));
  }
}
