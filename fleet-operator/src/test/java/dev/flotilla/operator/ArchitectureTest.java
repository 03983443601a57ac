package dev.flotilla.operator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.house.HouseRules;
import dev.flotilla.house.WaitingRules;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What may depend on what in the operator: a pure core, ports in our own records, a shell that
/// knows only ports, adapters that do not know each other, and one package that wires them.
class ArchitectureTest {

  private static final String ROOT = "dev.flotilla.operator";
  private static final String CORE = ROOT + ".core..";
  private static final String STEP = ROOT + ".core.step.Step";
  private static final String PORT = ROOT + ".port..";
  private static final String SHELL = ROOT + ".shell..";
  private static final String APP = ROOT + ".app..";
  private static final String TOPOLOGY = "dev.flotilla.topology..";

  /// Conditions and reasons are the words of the public surface; the core speaks them and nothing
  /// else of `crds`.
  private static final String WORDS = "dev.flotilla.crds.condition..";

  /// Of the topology, what does no I/O and keeps no state; the store is for the shell.
  private static final String[] PURE_TOPOLOGY = {
    "dev.flotilla.topology.model..",
    "dev.flotilla.topology.lifecycle..",
    "dev.flotilla.topology.placement..",
    "dev.flotilla.topology.codec.."
  };

  private static final List<String> ADAPTERS =
      List.of(ROOT + ".kube..", ROOT + ".josdk..", ROOT + ".engine..", ROOT + ".api..");

  private static final JavaClasses CLASSES = HouseRules.mainClassesOf(ROOT);

  @TestFactory
  Stream<DynamicTest> everywhere() {
    return HouseRules.tests(HouseRules.everywhere(ROOT), CLASSES);
  }

  /// The process waits for its end, and whoever writes events for one. The others wait for single
  /// requests to the API server, which end by themselves: their client has a limit for each.
  @Test
  @Tag("BK8-3")
  void nobodyWaitsForEver() {
    WaitingRules.nobodyWaitsForEver(
            "OperatorProcess.awaitEnd",
            "EventWriter.write",
            "CountedClient.outcome",
            "VoterCalls.ask",
            "VoterCalls.result")
        .check(CLASSES);
  }

  /// To engines, to Kubernetes and to an operator, each in its own place, where its limits are.
  @Test
  @Tag("BK8-3")
  void clientsAreMadeWhereTheirLimitsAre() {
    WaitingRules.clientsAreMadeBy(
            List.of(
                HttpClients.class,
                HttpClientBuilder.class,
                HttpAsyncClients.class,
                HttpAsyncClientBuilder.class,
                HttpClient.class,
                KubernetesClientBuilder.class),
            ROOT + ".engine.elasticsearch.SharedClient",
            ROOT + ".kube.KubeClients",
            ROOT + ".cli.call.PinnedServer",
            ROOT + ".cli.call.Session")
        .check(CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> theCoreIsPure() {
    return HouseRules.tests(HouseRules.pure(CORE), CLASSES);
  }

  @Test
  void theCoreKnowsItselfTheTopologyAndTheWordsOfConditions() {
    HouseRules.dependOnlyOn(
            CORE, Stream.concat(Stream.of(PURE_TOPOLOGY), Stream.of(WORDS)).toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void noTypeOfALibraryCrossesAPort() {
    HouseRules.dependOnlyOn(PORT, CORE, TOPOLOGY, WORDS).check(CLASSES);
  }

  @Test
  void theShellKnowsOnlyPorts() {
    HouseRules.dependOnlyOn(SHELL, CORE, PORT, TOPOLOGY, WORDS, "org.slf4j..", "org.pcollections..")
        .check(CLASSES);
  }

  @Test
  void whatIsWrittenAndReadKnowsNoAdapter() {
    HouseRules.dependOnlyOn(ROOT + ".yaml..", "org.yaml..", "com.fasterxml.jackson..")
        .check(CLASSES);
    HouseRules.dependOnlyOn(
            ROOT + ".wire..", CORE, TOPOLOGY, WORDS, ROOT + ".yaml..", "com.fasterxml.jackson..")
        .check(CLASSES);
    HouseRules.dependOnlyOn(
            ROOT + ".document..",
            CORE,
            TOPOLOGY,
            WORDS,
            ROOT + ".yaml..",
            "com.fasterxml.jackson..")
        .check(CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> adaptersDoNotKnowEachOther() {
    return HouseRules.tests(
        ADAPTERS.stream()
            .map(adapter ->
                noClasses()
                    .that()
                    .resideInAPackage(adapter)
                    .should()
                    .dependOnClassesThat(
                        resideInAnyPackage(
                            ADAPTERS.stream()
                                .filter(other -> !other.equals(adapter))
                                .toArray(String[]::new)))
                    .because("adapters meet in the shell, by way of ports")
                    .allowEmptyShould(true))
            .toList(),
        CLASSES);
  }

  @Test
  void onlyTheWiringKnowsTheVoter() {
    noClasses()
        .that()
        .resideOutsideOfPackage(APP)
        .should()
        .dependOnClassesThat(resideInAnyPackage("dev.flotilla.raft..", "org.apache.ratis.."))
        .because("for everybody else a store is a store")
        .check(CLASSES);
  }

  @Test
  void certificatesKnowPortsAlone() {
    HouseRules.dependOnlyOn(ROOT + ".certificate..", PORT, "org.bouncycastle..").check(CLASSES);
  }

  @Test
  void nobodyKnowsTheWiring() {
    noClasses()
        .that()
        .resideOutsideOfPackage(APP)
        .should()
        .dependOnClassesThat(resideInAPackage(APP))
        .because("the wiring sees everything, so nothing may see it")
        .check(CLASSES);
  }

  @Test
  void stepsAreInertRecords() {
    classes()
        .that()
        .areAssignableTo(STEP)
        .and()
        .areNotInterfaces()
        .should()
        .beRecords()
        .because("a step is a value that can be printed, compared and simulated")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void stepsAreSealed() {
    assertThat(CLASSES.stream().filter(type -> type.getName().equals(STEP)))
        .allSatisfy(type -> assertThat(type.reflect()).isSealed());
  }

  /// A reason in the public list that nobody gives is a promise that nobody keeps. Gates and rules
  /// that name it as theirs, and the command line that explains it, do not give it.
  @Test
  void everyReasonIsGiven() {
    var given =
        CLASSES.stream()
            .filter(type -> !type.getPackageName().startsWith(ROOT + ".cli"))
            .flatMap(type -> type.getFieldAccessesFromSelf().stream())
            .filter(access -> !access.getOrigin().getName().equals("reasons"))
            .filter(access -> access.getTargetOwner().isEquivalentTo(Reason.class))
            .map(access -> access.getTarget().getName())
            .collect(Collectors.toSet());

    assertThat(given).containsAll(Arrays.stream(Reason.values()).map(Reason::name).toList());
  }
}
