package dev.flotilla.operator.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The operator's process: runs until it is told to stop.
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private static final int USAGE = 2;
  private static final int FAULT = 1;

  private Main() {}

  /// Starts the operator with the settings of its environment; exit code 2 if they cannot be used,
  /// 1 if Kubernetes cannot.
  public static void main(String[] arguments) throws InterruptedException {
    try {
      var process = OperatorProcess.start(Settings.of(System.getenv()));
      Runtime.getRuntime().addShutdownHook(new Thread(process::close, "flotilla-stop"));
      process.awaitEnd();
    } catch (IllegalArgumentException e) {
      LOG.atError().setMessage("a setting cannot be used").setCause(e).log();
      System.exit(USAGE);
    } catch (IllegalStateException e) {
      LOG.atError().setMessage("the operator cannot start").setCause(e).log();
      System.exit(FAULT);
    }
  }
}
