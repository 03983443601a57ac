package dev.flotilla.operator.port;

/// Says that work ended because its [StopSignal] fired. Never a success, never a failure: whoever
/// fired it knows why.
public final class StoppedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public StoppedException(String why) {
    super(why);
  }
}
