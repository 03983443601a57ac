package dev.flotilla.operator.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.crds.v1alpha1.fleet.RawFleetPolicy;
import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchProfile;
import dev.flotilla.operator.kube.read.PolicyReader;
import dev.flotilla.operator.port.Awakener;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which limits hold, whatever is stored as a policy.
class PolicyOnShelfTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final List<ClusterRef> woken = new ArrayList<>();
  private final Shelves shelves = new Shelves(new ElasticsearchProfile(), new Woken());

  @Test
  @Tag("D9")
  void beforeItWasReadNothingIsKnown() {
    assertThat(why()).isEqualTo("the FleetPolicy has not been read yet");
  }

  @Test
  void withoutAPolicyTheBuiltInLimitsHold() {
    shelves.policies.onList("1", true);

    assertThat(limits()).isEqualTo(PolicyReader.BUILT_IN);
    assertThat(limits().breaker().clusters()).isEqualTo(new FleetLimits.Limit(20, 2));
    assertThat(limits().breaker().members()).isEqualTo(new FleetLimits.Limit(5, 10));
    assertThat(limits().breaker().window()).isEqualTo(Duration.ofMinutes(10));
    assertThat(limits().disruption().maxClusters()).isEqualTo(20);
    assertThat(limits().disruption().oneZoneAtATime()).isTrue();
    assertThat(limits().disruption().allowed()).containsExactly(FleetLimits.Kind.values());
  }

  @Test
  void whatAPolicyDoesNotSayIsBuiltIn() {
    store("default", Map.of("breaker", Map.of("clusters", 7)));

    assertThat(limits().breaker().clusters()).isEqualTo(new FleetLimits.Limit(7, 2));
    assertThat(limits().breaker().window()).isEqualTo(Duration.ofMinutes(10));
    assertThat(limits().disruption()).isEqualTo(PolicyReader.BUILT_IN.disruption());
  }

  /// It may have been stored before there was a rule about the name.
  @Test
  void aPolicyOfAnotherNameDoesNotCount() {
    store("night", Map.of("breaker", Map.of("clusters", 7)));

    assertThat(limits()).isEqualTo(PolicyReader.BUILT_IN);
  }

  /// Neither is it taken for none, nor its limits for none.
  @ParameterizedTest
  @CsvSource({
    "clusters, many, spec.breaker.clusters",
    "clusters, -1, spec",
    "clustersPercent, 101, spec",
    "windowSeconds, 0, spec",
    "windowSeconds, 1.5h, spec.breaker.windowSeconds"
  })
  @Tag("D9")
  void aPolicyThatMakesNoSenseIsUnknownAndNamesItsField(String field, String value, String place) {
    store("default", Map.of("breaker", Map.of(field, value)));

    assertThat(why())
        .startsWith(place + " of the FleetPolicy default holds what it cannot hold")
        .contains("kubectl explain fleetpolicies." + place + " says");
  }

  @Test
  void anotherPolicyWakesWhoeverMayWaitForIt() {
    var waiting = new RawCluster();
    waiting.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("search")
            .withUid("uid-1")
            .withResourceVersion("3")
            .build());
    shelves.clusters.onAdd(waiting);
    woken.clear();

    store("default", Map.of("breaker", Map.of("clusters", 7)));

    assertThat(woken).containsExactly(new ClusterRef("shop", "search"));
  }

  private void store(String name, Map<String, Object> spec) {
    var policy = new RawFleetPolicy();
    policy.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withUid("uid-of-" + name)
            .withResourceVersion("7")
            .build());
    policy.setSpec(spec);
    shelves.policies.onAdd(policy);
    shelves.policies.onList("8", false);
  }

  private FleetLimits limits() {
    return shelves.limits(NOW).known().orElseThrow();
  }

  private String why() {
    return shelves.limits(NOW) instanceof Reading.Unknown<FleetLimits>(var why)
        ? why
        : Optional.of(shelves.limits(NOW)).toString();
  }

  private final class Woken implements Awakener {
    @Override
    public void changed(ClusterRef cluster) {
      woken.add(cluster);
    }

    @Override
    public void respecified(ClusterRef cluster) {
      woken.add(cluster);
    }

    @Override
    public void epochChanged() {}
  }
}
