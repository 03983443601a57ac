package dev.flotilla.operator.bench;

import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.operator.port.MarkResult;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.MemberName;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// A line to an engine on which something may happen to questions and writes.
abstract class RelayedEngine implements EnginePort {

  private final EnginePort engine;

  RelayedEngine(EnginePort engine) {
    this.engine = engine;
  }

  /// What becomes of a question.
  protected <T> Reading<T> read(Supplier<Reading<T>> question) {
    return question.get();
  }

  @Override
  public Reading<EngineReport> observe(StopSignal stop, Access access) {
    return read(() -> engine.observe(stop, access));
  }

  @Override
  public Reading<EngineMarks> listMarks(StopSignal stop, Access access, Errand errand) {
    return read(() -> engine.listMarks(stop, access, errand));
  }

  @Override
  public MarkResult sync(StopSignal stop, Access access, Errand errand, MarkOrder order) {
    return engine.sync(stop, access, errand, order);
  }

  @Override
  public Reading<Evacuation> evacuation(
      StopSignal stop, Access access, Errand errand, Set<MemberName> leaving) {
    return read(() -> engine.evacuation(stop, access, errand, leaving));
  }

  @Override
  public Reading<List<Explained>> explain(
      StopSignal stop,
      Access access,
      Errand errand,
      List<Evacuation.Copy> copies,
      Set<MemberName> leaving) {
    return read(() -> engine.explain(stop, access, errand, copies, leaving));
  }
}
