package dev.flotilla.operator.app;

/// The keys of structured log lines. A line has a constant message and these keys, and no other.
final class LogKeys {

  static final String CLUSTER = "cluster";
  static final String NAMESPACE = "namespace";
  static final String MEMBER = "member";
  static final String STEP = "step";
  static final String REASON = "reason";
  static final String OUTCOME = "outcome";
  static final String EPOCH = "epoch";
  static final String DURATION_MILLIS = "durationMillis";
  static final String PORT = "port";
  static final String DETAIL = "detail";

  private LogKeys() {}
}
