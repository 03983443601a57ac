package dev.flotilla.topology;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.flotilla.house.HouseRules;
import dev.flotilla.house.WaitingRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What may depend on what in `topology`: records, life cycle, placement and codec are pure,
/// adapters of the store do not know each other.
class ArchitectureTest {

  private static final String ROOT = "dev.flotilla.topology";
  private static final String MODEL = ROOT + ".model..";
  private static final String PLACEMENT = ROOT + ".placement..";
  private static final String LIFECYCLE = ROOT + ".lifecycle..";
  private static final String STORE = ROOT + ".store..";
  private static final String CODEC = ROOT + ".codec..";
  private static final String MEMORY = ROOT + ".memory..";
  private static final String ETCD = ROOT + ".etcd..";
  private static final String JETCD = "io.etcd..";
  private static final String GRPC = "io.grpc.netty..";
  private static final String NETTY = "io.netty.handler.ssl..";
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
  Stream<DynamicTest> modelLifecyclePlacementAndCodecArePure() {
    return HouseRules.tests(HouseRules.pure(MODEL, LIFECYCLE, PLACEMENT, CODEC), CLASSES);
  }

  @Test
  void packagesDependOnlyOnWhatTheySay() {
    Stream.of(
            HouseRules.dependOnlyOn(MODEL),
            HouseRules.dependOnlyOn(LIFECYCLE, MODEL),
            HouseRules.dependOnlyOn(PLACEMENT, MODEL),
            HouseRules.dependOnlyOn(STORE, MODEL, LIFECYCLE),
            HouseRules.dependOnlyOn(CODEC, MODEL, LIFECYCLE, STORE),
            HouseRules.dependOnlyOn(MEMORY, MODEL, STORE),
            HouseRules.dependOnlyOn(ETCD, JETCD, GRPC, NETTY, TLS, MODEL, STORE))
        .forEach((ArchRule rule) -> rule.check(CLASSES));
  }
}
