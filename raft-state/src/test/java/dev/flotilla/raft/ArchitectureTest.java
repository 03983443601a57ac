package dev.flotilla.raft;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.flotilla.house.HouseRules;
import dev.flotilla.house.WaitingRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What may depend on what in `raft-state`: commands and the machine are pure, Ratis stays in its
/// adapter.
class ArchitectureTest {

  private static final String ROOT = "dev.flotilla.raft";
  private static final String COMMAND = ROOT + ".command..";
  private static final String MACHINE = ROOT + ".machine..";
  private static final String RATIS = ROOT + ".ratis..";
  private static final String APP = ROOT + ".app..";
  private static final String MODEL = "dev.flotilla.topology.model..";
  private static final String STORE = "dev.flotilla.topology.store..";
  private static final String MEMORY = "dev.flotilla.topology.memory..";
  private static final String PERSISTENT_COLLECTIONS = "org.pcollections..";
  private static final String LIBRARY = "org.apache.ratis..";
  private static final String LOG = "org.slf4j..";
  private static final String TLS = "javax.net.ssl..";

  private static final JavaClasses CLASSES = HouseRules.mainClassesOf(ROOT);

  @Test
  @Tag("BK8-3")
  void nobodyWaitsForEver() {
    WaitingRules.nobodyWaitsForEver().check(CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> everywhere() {
    return HouseRules.tests(HouseRules.everywhere(ROOT), CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> commandsAndMachineArePure() {
    return HouseRules.tests(HouseRules.pure(COMMAND, MACHINE), CLASSES);
  }

  @Test
  void packagesDependOnlyOnWhatTheySay() {
    Stream.of(
            HouseRules.dependOnlyOn(COMMAND, MODEL, STORE),
            HouseRules.dependOnlyOn(APP, RATIS, LOG, MODEL, STORE),
            HouseRules.dependOnlyOn(MACHINE, COMMAND, PERSISTENT_COLLECTIONS, MODEL, STORE),
            HouseRules.dependOnlyOn(
                RATIS, LIBRARY, LOG, TLS, COMMAND, MACHINE, MEMORY, MODEL, STORE))
        .forEach((ArchRule rule) -> rule.check(CLASSES));
  }
}
