package dev.flotilla.chaos.live;

import dev.flotilla.operator.bench.KubeApiContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/// The contract of the Kubernetes port, held by the real adapters on a real API server.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeApiOnApiServerTest extends KubeApiContract {

  private final List<SteppedOperator> opened = new ArrayList<>();
  private ApiWorld world;

  @BeforeAll
  void start() throws IOException {
    world = ApiWorld.start();
  }

  @AfterAll
  void end() {
    opened.forEach(SteppedOperator::close);
    world.close();
  }

  @Override
  protected Line open() throws InterruptedException {
    var place = world.place();
    world.apply(place, 3);
    var operator = new SteppedOperator(world, place);
    opened.add(operator);
    operator.awaitCluster(3);
    return new Line(operator.kube, operator.cache(), place);
  }
}
