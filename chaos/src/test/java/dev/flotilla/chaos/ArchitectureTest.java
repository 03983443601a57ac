package dev.flotilla.chaos;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.flotilla.house.HouseRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What holds for the lab and the scenarios, as for all main code.
class ArchitectureTest {

  private static final String ROOT = "dev.flotilla.chaos";

  private static final JavaClasses CLASSES = HouseRules.mainClassesOf(ROOT);

  @TestFactory
  Stream<DynamicTest> everywhere() {
    return HouseRules.tests(HouseRules.everywhere(ROOT), CLASSES);
  }
}
