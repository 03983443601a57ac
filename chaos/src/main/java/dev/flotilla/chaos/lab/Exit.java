package dev.flotilla.chaos.lab;

/// Exit codes of the commands, beside 0 for done, 1 for a fault and 2 for wrong usage.
public final class Exit {

  /// The answer is no: something could not be started, or is not healthy.
  public static final int REFUSED = 3;

  /// There is no such thing.
  public static final int ABSENT = 5;

  private Exit() {}
}
