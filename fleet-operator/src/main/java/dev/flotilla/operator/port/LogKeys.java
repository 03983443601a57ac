package dev.flotilla.operator.port;

/// The keys of structured log lines. A line has a constant message and these keys, and no other.
public final class LogKeys {

  public static final String CLUSTER = "cluster";
  public static final String NAMESPACE = "namespace";
  public static final String MEMBER = "member";
  public static final String STEP = "step";
  public static final String REASON = "reason";
  public static final String OUTCOME = "outcome";
  public static final String EPOCH = "epoch";
  public static final String DURATION_MILLIS = "durationMillis";
  public static final String PORT = "port";
  public static final String DETAIL = "detail";

  private LogKeys() {}
}
