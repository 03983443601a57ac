package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.app.StoreChoice;
import dev.flotilla.operator.port.EnginePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// The operator of a test with its detour. It can be ended and started again, each time with a
/// detour of its own.
final class DetouredOperator implements AutoCloseable {

  private final Path kubeconfig;
  private final Supplier<EnginePort> engine;
  private final StoreChoice store;
  private Optional<Detour> detour = Optional.empty();
  private Optional<RunningOperator> operator = Optional.empty();

  /// One that does not run yet.
  ///
  /// @param engine asked for at each start
  DetouredOperator(Path kubeconfig, Supplier<EnginePort> engine) {
    this(kubeconfig, engine, new StoreChoice.Memory());
  }

  /// One on a store that does not run yet.
  DetouredOperator(Path kubeconfig, Supplier<EnginePort> engine, StoreChoice store) {
    this.store = store;
    this.kubeconfig = kubeconfig;
    this.engine = engine;
  }

  /// Starts one in a world without engines.
  static DetouredOperator on(ApiWorld world) throws IOException, InterruptedException {
    var own = new DetouredOperator(world.kubeconfig(), () -> world.engine);
    own.start();
    return own;
  }

  void start() throws IOException, InterruptedException {
    start(new Detour(kubeconfig));
  }

  /// Starts it on a detour that may already be disturbed; the one that runs ends first.
  void start(Detour next) throws IOException, InterruptedException {
    end();
    detour = Optional.of(next);
    operator = Optional.of(RunningOperator.start(next, engine.get(), store));
  }

  /// The way of the one that runs.
  Detour detour() {
    return detour.orElseThrow();
  }

  /// The one that runs.
  RunningOperator operator() {
    return operator.orElseThrow();
  }

  /// Ends the one that runs, if one does, whatever became of it.
  void end() throws IOException {
    operator.ifPresent(RunningOperator::close);
    operator = Optional.empty();
    if (detour.isPresent()) {
      detour.get().close();
    }
    detour = Optional.empty();
  }

  /// Ends the one that runs, if one does, and checks that it did not fail.
  @Override
  public void close() throws IOException {
    boolean failed;
    try {
      failed = operator.filter(RunningOperator::hasFailed).isPresent();
    } finally {
      end();
    }
    assertThat(failed).as("it failed by a fault of its own").isFalse();
  }
}
