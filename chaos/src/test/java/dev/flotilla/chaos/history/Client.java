package dev.flotilla.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Asks one voter for one thing after the other, and writes down what it is told. It never turns to
/// another voter: who is cut off from the others goes on answering to its clients, if it may.
final class Client {

  /// As often as an operator asks that has much to do; more would only fill the history.
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int number;
  private final String site;
  private final Server server;
  private final Random random;
  private final List<Operation> history;
  private long revision;
  private long epoch;
  private int intents;

  /// @param site whose lease it takes; the name of the history, too
  /// @param history what it is told is added to
  Client(int number, String site, Server server, Random random, List<Operation> history) {
    this.number = number;
    this.site = site;
    this.server = server;
    this.random = random;
    this.history = history;
  }

  /// Reads until the voter knows.
  void untilKnown() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (ask(Operation.Asked.read()).filter(told -> told.word().equals("known")).isEmpty()) {
      assertThat(System.nanoTime() - end)
          .as("%s does not know after %s", server, PATIENCE)
          .isNegative();
    }
  }

  /// Reads once.
  Void look() throws InterruptedException {
    var _ = ask(Operation.Asked.read());
    return null;
  }

  /// Commits until it is told that it has.
  void hurry() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (ask(commit(0)).filter(told -> told.word().equals("applied")).isEmpty()) {
      assertThat(System.nanoTime() - end)
          .as("%s writes nothing in %s", server, PATIENCE)
          .isNegative();
    }
  }

  /// Reads all the time, so that it is never kept waiting by something else.
  Void watch(BooleanSupplier over) throws InterruptedException {
    while (!over.getAsBoolean()) {
      look();
      pause();
    }
    return null;
  }

  /// Does this and that.
  Void work(BooleanSupplier over, Duration lease) throws InterruptedException {
    while (!over.getAsBoolean()) {
      var _ = ask(next(lease));
      pause();
    }
    return null;
  }

  private static void pause() throws InterruptedException {
    var _ = new CountDownLatch(1).await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Operation.Asked next(Duration lease) {
    int choice = random.nextInt(100);
    if (choice < 25) {
      return Operation.Asked.read();
    }
    if (choice < 80) {
      return commit(random.nextBoolean() ? epoch : 0);
    }
    return choice < 97 || epoch == 0
        ? Operation.Asked.take(site, holder(), lease)
        : Operation.Asked.release(site, holder(), epoch);
  }

  private Operation.Asked commit(long fence) {
    intents++;
    return Operation.Asked.commit(
        revision, "%s-c%d-%d".formatted(site, number, intents), site, fence);
  }

  private String holder() {
    return "c" + number;
  }

  private Optional<Operation.Told> ask(Operation.Asked asked) throws InterruptedException {
    long call = System.nanoTime();
    var told = server.ask(asked);
    told.ifPresent(
        answer -> history.add(new Operation(number, call, System.nanoTime(), asked, answer)));
    told.ifPresent(this::remember);
    return told;
  }

  private void remember(Operation.Told told) {
    switch (told.word()) {
      case "known", "applied", "outdated" -> revision = told.revision();
      case "granted" -> epoch = told.epoch();
      default -> {
        // nothing to go on
      }
    }
  }
}
