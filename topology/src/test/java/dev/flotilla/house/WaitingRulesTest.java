package dev.flotilla.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// The rules find what they are there for: small classes that break them, and one that does not.
class WaitingRulesTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importClasses(Endless.class, Limited.class, Caller.class);

  /// Breaks the rule five times.
  static final class Endless {
    void future(CompletableFuture<String> future) throws Exception {
      future.get();
    }

    void join(CompletableFuture<String> future) {
      future.join();
    }

    void latch(CountDownLatch latch) throws InterruptedException {
      latch.await();
    }

    void queue(LinkedBlockingQueue<String> queue) throws InterruptedException {
      queue.take();
    }

    void process(Process process) throws InterruptedException {
      process.waitFor();
    }
  }

  static final class Limited {
    void future(CompletableFuture<String> future)
        throws InterruptedException, ExecutionException, TimeoutException {
      future.get(1, TimeUnit.SECONDS);
    }
  }

  static final class Caller {
    HttpClient make() {
      return HttpClient.newHttpClient();
    }
  }

  @Test
  void findsEachWayOfWaitingForEver() {
    var found = WaitingRules.nobodyWaitsForEver().evaluate(CLASSES).getFailureReport().getDetails();

    assertThat(found).hasSize(5).allMatch(line -> line.contains("Endless"));
  }

  @Test
  void whoIsNamedMayWait() {
    var rule = WaitingRules.nobodyWaitsForEver("Endless.queue", "Endless.process");

    assertThat(rule.evaluate(CLASSES).getFailureReport().getDetails()).hasSize(3);
  }

  @Test
  void findsAClientThatIsMadeInPassing() {
    var builders = List.<Class<?>>of(HttpClient.class);

    assertThat(WaitingRules.clientsAreMadeBy(builders).evaluate(CLASSES).hasViolation()).isTrue();
    assertThat(
            WaitingRules.clientsAreMadeBy(builders, Caller.class.getName())
                .evaluate(CLASSES)
                .hasViolation())
        .isFalse();
  }
}
