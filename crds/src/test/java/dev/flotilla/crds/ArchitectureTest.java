package dev.flotilla.crds;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.flotilla.house.HouseRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What the public surface may depend on: the words of conditions on nothing, the resources on
/// fabric8's model.
class ArchitectureTest {

  private static final String ROOT = "dev.flotilla.crds";
  private static final String CONDITION = ROOT + ".condition..";
  private static final String V1ALPHA1 = ROOT + ".v1alpha1..";

  private static final JavaClasses CLASSES = HouseRules.mainClassesOf(ROOT);

  @TestFactory
  Stream<DynamicTest> everywhere() {
    return HouseRules.tests(HouseRules.everywhere(ROOT), CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> theWordsOfConditionsArePure() {
    return HouseRules.tests(HouseRules.pure(CONDITION), CLASSES);
  }

  @Test
  void theWordsOfConditionsNeedNothing() {
    HouseRules.dependOnlyOn(CONDITION).check(CLASSES);
  }

  @Test
  void resourcesNeedTheModelAlone() {
    HouseRules.dependOnlyOn(
            V1ALPHA1,
            CONDITION,
            "io.fabric8.crd.generator.annotation..",
            "io.fabric8.generator.annotation..",
            "io.fabric8.kubernetes.api.model..",
            "io.fabric8.kubernetes.client",
            "io.fabric8.kubernetes.model..",
            "com.fasterxml.jackson.annotation..")
        .check(CLASSES);
  }
}
