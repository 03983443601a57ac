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
/// Tiers are asked for by the JUnit parameter or system property `flotilla.tiers`, a
/// comma-separated list of tags. Skipping instead of filtering keeps what did not run visible and
/// countable.
public final class TierCondition implements ExecutionCondition {

  static final String PARAMETER = "flotilla.tiers";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    var wanted = tiers(context.getConfigurationParameter(PARAMETER).orElse(""));
    return Arrays.stream(Tier.values())
        .filter(tier -> context.getTags().contains(tier.tag()))
        .filter(tier -> !wanted.contains(tier.tag()))
        .findFirst()
        .map(tier -> ConditionEvaluationResult.disabled(tier.need()))
        .orElseGet(() -> ConditionEvaluationResult.enabled("asked for, or needs nothing"));
  }

  private static Set<String> tiers(String list) {
    return Stream.of(list.split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet());
  }
}
