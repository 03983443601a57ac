package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.bench.KubeApiContract;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.object.Standing;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.PoolName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The contract of the Kubernetes port, held by the real adapters on a real API server.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeApiOnApiServerTest extends KubeApiContract {

  private final List<SteppedOperator> opened = new ArrayList<>();
  private final StopSignal stop = new StopSignal();
  private ApiWorld world;
  private ClusterRef place;

  @BeforeAll
  void start() throws IOException {
    world = ApiWorld.start();
  }

  @AfterAll
  void end() {
    opened.forEach(SteppedOperator::close);
    world.close();
  }

  @Test
  void whatSomebodyChangesInAServiceIsPutBack() {
    var ours = new KeptObject.ClientService();
    var services = world.client.services().inNamespace(place.namespace());
    isPutBack(
        ours,
        services.withName(place.name()),
        Service::getSpec,
        standing -> standing.service().isPresent(),
        """
        {"ports": [{"name": "client", "port": 4711, "targetPort": 9200}]}
        {"ports": [{"name": "client", "port": 9200, "targetPort": 9200, "protocol": "UDP"}]}
        {"selector": {"somebody": "else"}}
        {"type": "NodePort"}
        """);
  }

  @Test
  void whatSomebodyChangesInABudgetIsPutBack() {
    var ours = new KeptObject.Budget(new PoolName("data"), 1);
    var budgets = world.client.policy().v1().podDisruptionBudget().inNamespace(place.namespace());
    isPutBack(
        ours,
        budgets.withName(Labels.poolName(place, ours.pool())),
        PodDisruptionBudget::getSpec,
        standing -> ours.equals(standing.budgets().get(ours.pool())),
        """
        {"maxUnavailable": 2}
        {"maxUnavailable": null, "minAvailable": 1}
        {"selector": {"matchLabels": {"somebody": "else"}}}
        {"selector": {"matchExpressions": [{"key": "somebody", "operator": "Exists"}]}}
        """);
  }

  /// @param changes what somebody merges into the specification, a line each
  private <T extends HasMetadata> void isPutBack(
      KeptObject ours,
      Resource<T> object,
      Function<T, ?> spec,
      Predicate<Standing> stands,
      String changes) {
    var operator = opened.getLast();
    assertThat(operator.kube.apply(stop, place, ours)).isEqualTo(new WriteResult.Done());
    var asItWas = spec.apply(object.get());
    changes
        .lines()
        .forEach(change -> {
          object.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": " + change + "}");
          operator.await(() -> !stands.test(operator.cache().standing(place)));

          assertThat(operator.kube.apply(stop, place, ours))
              .as(change)
              .isEqualTo(new WriteResult.Done());
          operator.await(() -> stands.test(operator.cache().standing(place)));
          assertThat(spec.apply(object.get())).as(change).isEqualTo(asItWas);
        });
  }

  @Override
  protected Line open() throws InterruptedException {
    place = world.place();
    world.apply(place, 3);
    var operator = new SteppedOperator(world, place);
    opened.add(operator);
    operator.awaitCluster(3);
    return new Line(operator.kube, operator.cache(), place);
  }
}
