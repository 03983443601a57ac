package dev.flotilla.operator.core.plan;

import java.time.Duration;

/// When a cluster is looked at again although nothing has happened to it.
public final class Wake {

  /// The net below all watches.
  public static final Duration AT_LEAST = Duration.ofMinutes(7);

  /// After Kubernetes has refused a write: a quota or a right may have changed, which no watch
  /// tells.
  public static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

  private Wake() {}
}
