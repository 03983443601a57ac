package dev.flotilla.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;

/// Rules for whatever waits: with a limit, or not at all.
///
/// A method that waits for ever makes an operation one that cannot be cancelled. Those few that
/// must, because they are a thread's whole life, are named one by one where the rule is used.
public final class WaitingRules {

  /// Methods without a limit, by the type that has them. What takes arguments takes a limit.
  private static final Map<Class<?>, Set<String>> ENDLESS =
      Map.of(
          Future.class, Set.of("get", "join"),
          CountDownLatch.class, Set.of("await"),
          CyclicBarrier.class, Set.of("await"),
          Condition.class, Set.of("await", "awaitUninterruptibly"),
          Semaphore.class, Set.of("acquire", "acquireUninterruptibly"),
          BlockingQueue.class, Set.of("take"),
          Phaser.class, Set.of("arriveAndAwaitAdvance"),
          Thread.class, Set.of("join"),
          Process.class, Set.of("waitFor"),
          ExecutorService.class, Set.of("close"));

  private WaitingRules() {}

  /// Nobody waits without a limit but `exceptions`, each written as `Class.method`.
  public static ArchRule nobodyWaitsForEver(String... exceptions) {
    var allowed = Set.of(exceptions);
    return noClasses()
        .should()
        .callMethodWhere(waitsForEver(allowed))
        .because("whoever waits without a limit cannot be cancelled")
        .allowEmptyShould(true);
  }

  /// Network clients are built by these classes alone, of which each sets its limits of time.
  ///
  /// @param builders types of libraries that build clients
  /// @param places full names of our classes
  public static ArchRule clientsAreMadeBy(List<Class<?>> builders, String... places) {
    return noClasses()
        .that(
            describe(
                "are not " + String.join(", ", places),
                type -> Arrays.stream(places).noneMatch(type.getName()::startsWith)))
        .should()
        .callCodeUnitWhere(
            describe(
                "a client's builder",
                (JavaCall<?> call) ->
                    builders.stream().anyMatch(call.getTargetOwner()::isEquivalentTo)))
        .because("a client that somebody makes in passing has no limit of time")
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaMethodCall> waitsForEver(Set<String> allowed) {
    return describe(
        "waiting without a limit",
        call -> {
          var target = call.getTarget();
          boolean parks =
              target.getOwner().isEquivalentTo(LockSupport.class)
                  && target.getName().equals("park");
          boolean endless =
              target.getRawParameterTypes().isEmpty()
                  && ENDLESS.entrySet().stream()
                      .anyMatch(type ->
                          type.getValue().contains(target.getName())
                              && type.getKey().isAssignableFrom(target.getOwner().reflect()));
          var origin = call.getOrigin();
          return (parks || endless)
              && !allowed.contains(
                  "%s.%s".formatted(origin.getOwner().getSimpleName(), origin.getName()));
        });
  }
}
