package dev.flotilla.chaos.live;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The end of an operator's process: one write lands, and neither its answer nor anything else
/// reaches the operator any more.
final class LastWrite {

  private final Predicate<Detour.Request> which;
  private final CountDownLatch landed = new CountDownLatch(1);

  /// @param which the first one of these that succeeds is the last one
  LastWrite(Predicate<Detour.Request> which) {
    this.which = which;
  }

  /// Lets it be the last that takes this detour.
  void on(Detour detour) {
    detour.onAnswer((request, status) -> {
      if (status < 300 && which.test(request)) {
        detour.pause();
        landed.countDown();
      }
    });
  }

  /// Waits for the end. The operator can be closed then.
  void await(Duration limit) throws InterruptedException {
    if (!landed.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("no such write in " + limit);
    }
  }
}
