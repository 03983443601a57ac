package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Waits for what voters do of their own accord, and tell nobody.
final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Await() {}

  static void that(String what, Callable<Boolean> happened) throws Exception {
    that(() -> what, happened);
  }

  /// @param what is waited for, and how it was when it was last looked at
  static void that(Supplier<String> what, Callable<Boolean> happened) throws Exception {
    var never = new CountDownLatch(1);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.call()) {
      assertThat(System.nanoTime() - end)
          .as(() -> "%s within %s".formatted(what.get(), PATIENCE))
          .isNegative();
      var _ = never.await(50, TimeUnit.MILLISECONDS);
    }
  }
}
