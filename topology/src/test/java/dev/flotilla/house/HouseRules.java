package dev.flotilla.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Rules on compiled classes that several modules share; each module's `ArchitectureTest` says
/// which of its packages they hold for.
///
/// A rule over packages that are still empty passes: it is there for the first class that comes.
public final class HouseRules {

  private static final Set<String> CHANCE_AND_THREADS =
      Stream.of(
              Random.class,
              RandomGenerator.class,
              SecureRandom.class,
              SplittableRandom.class,
              Thread.class,
              ThreadLocal.class)
          .map(Class::getName)
          .collect(Collectors.toUnmodifiableSet());

  private HouseRules() {}

  /// The main classes of a package and all below it.
  public static JavaClasses mainClassesOf(String rootPackage) {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(rootPackage);
  }

  /// What no main code does, wherever it is.
  public static List<ArchRule> everywhere(String rootPackage) {
    return Stream.of(
            noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .orShould()
                .callMethod(TimeUnit.class, "sleep", long.class)
                .because("waiting is an event or a wake-up time, never a sleep"),
            methods()
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED)
                .because("locks are ReentrantLocks, held by the shell alone"),
            noClasses()
                .should()
                .callMethodWhere(isFutureChain())
                .because("a chain of futures hides order, cancellation and the stack"),
            fields()
                .that()
                .areStatic()
                .should()
                .beFinal()
                .because("static state makes two operators in one process one"),
            slices()
                .matching(rootPackage + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("packages that need each other are one package"))
        .map(rule -> rule.allowEmptyShould(true))
        .toList();
  }

  /// What the pure packages never do: the same input gives the same output, byte for byte.
  ///
  /// @param packages in ArchUnit's notation, such as `dev.flotilla.topology.model..`
  public static List<ArchRule> pure(String... packages) {
    var rules = new ArrayList<ArchRule>();
    rules.add(
        noClasses()
            .that()
            .resideInAnyPackage(packages)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    "java.io..",
                    "java.net..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "java.sql..",
                    "java.util.concurrent..",
                    "java.util.logging..",
                    "java.lang.reflect..",
                    "javax.."))
            .because("pure code has no I/O, no threads and no reflection"));
    rules.add(
        noClasses()
            .that()
            .resideInAnyPackage(packages)
            .should()
            .callMethodWhere(readsTheOutside())
            .because("time, randomness and ids come in as values"));
    rules.add(
        noClasses()
            .that()
            .resideInAnyPackage(packages)
            .should()
            .dependOnClassesThat(
                describe(
                    "draw random values or run threads",
                    type -> CHANCE_AND_THREADS.contains(type.getName())))
            .because("time, randomness and ids come in as values"));
    rules.add(
        noClasses()
            .that()
            .resideInAnyPackage(packages)
            .should()
            .dependOnClassesThat(
                describe(
                    "are hash collections without an order",
                    type ->
                        type.isEquivalentTo(HashMap.class) || type.isEquivalentTo(HashSet.class)))
            .orShould()
            .callMethodWhere(makesSaltedCollection())
            .because("their order differs between runs: use lists, sorted or linked collections"));
    rules.add(
        fields()
            .that()
            .areDeclaredInClassesThat(resideInAnyPackage(packages))
            .should()
            .beFinal()
            .because("a value does not change"));
    return rules.stream().map(rule -> rule.allowEmptyShould(true)).toList();
  }

  /// The given packages depend on themselves, `java..`, JSpecify and `others`, and on nothing else.
  public static ArchRule dependOnlyOn(String packages, String... others) {
    var allowed =
        Stream.concat(Stream.of(packages, "java..", "org.jspecify.."), Arrays.stream(others));
    return classes()
        .that()
        .resideInAPackage(packages)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
        .allowEmptyShould(true);
  }

  /// Each rule as a test of its own, named by the rule.
  public static Stream<DynamicTest> tests(List<ArchRule> rules, JavaClasses classes) {
    return rules.stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
  }

  private static DescribedPredicate<JavaMethodCall> isFutureChain() {
    return describe(
        "a chain of futures",
        call ->
            call.getTargetOwner().isEquivalentTo(CompletableFuture.class)
                && call.getName()
                    .matches("(then|when|handle|exceptionally|runAfter|apply|accept).*"));
  }

  private static DescribedPredicate<JavaMethodCall> readsTheOutside() {
    return describe(
        "reading clock, environment or chance",
        call -> {
          var target = call.getTarget();
          return isNow(target)
              || isOf(target, Clock.class)
              || isOf(target, UUID.class) && target.getName().equals("randomUUID")
              || isOf(target, Math.class) && target.getName().equals("random")
              || isOf(target, System.class) && !target.getName().equals("arraycopy");
        });
  }

  private static boolean isNow(AccessTarget target) {
    return target.getName().equals("now")
        && target.getOwner().getPackageName().equals(Instant.class.getPackageName());
  }

  private static boolean isOf(AccessTarget target, Class<?> owner) {
    return target.getOwner().isEquivalentTo(owner);
  }

  private static DescribedPredicate<JavaMethodCall> makesSaltedCollection() {
    var salted = Set.of("of", "copyOf", "ofEntries", "toSet", "toMap", "toUnmodifiableSet");
    return describe(
        "making a Set or Map whose order is salted",
        call -> {
          var target = call.getTarget();
          boolean maker =
              isOf(target, Set.class) || isOf(target, Map.class) || isOf(target, Collectors.class);
          // An empty one has no order that could differ; toMap with a factory names its order.
          int arguments = target.getRawParameterTypes().size();
          boolean ordered =
              target.getName().equals("of") && arguments == 0
                  || target.getName().equals("toMap") && arguments == 4;
          return maker && salted.contains(target.getName()) && !ordered;
        });
  }
}
