package dev.flotilla.operator.bench;

import dev.flotilla.operator.bench.Fault.Fate;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.operator.port.MarkResult;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// One operator process that ends before or after its n-th write, whether that goes to Kubernetes,
/// to the store or to the engine. Used by one thread.
final class Mortality {

  private final int at;
  private final Fate fate;
  private final List<String> writes = new ArrayList<>();

  /// @param at counts from 1; 0 for an operator that lives on
  Mortality(int at, Fate fate) {
    this.at = at;
    this.fate = fate;
  }

  /// Every write that was tried, in order.
  List<String> writes() {
    return List.copyOf(writes);
  }

  /// What becomes of its writes to Kubernetes.
  Fault ofKube() {
    return (n, what) -> next(what);
  }

  private Fate next(String what) {
    writes.add(what);
    return writes.size() == at ? fate : Fate.CARRIED_OUT;
  }

  private <T> T write(String what, Supplier<T> act) {
    var mine = next(what);
    if (mine == Fate.DIES_BEFORE) {
      throw new Fault.Death(what);
    }
    var result = act.get();
    if (mine == Fate.DIES_AFTER) {
      throw new Fault.Death(what);
    }
    return result;
  }

  /// Starts it, and lets it ask for the lead.
  Bench.Running start(Bench bench, TopologyStore store) {
    var running = bench.candidate(engine(bench.engine), store(store));
    running.kube.befall(ofKube());
    return running.lead();
  }

  /// Its line to an engine.
  EnginePort engine(EnginePort engine) {
    return new RelayedEngine(engine) {
      @Override
      public MarkResult sync(StopSignal stop, Access access, Errand errand, MarkOrder order) {
        return write("engine " + errand, () -> super.sync(stop, access, errand, order));
      }
    };
  }

  /// Its line to a store.
  TopologyStore store(TopologyStore store) {
    return new StoreBehind(store) {
      @Override
      public CommitResult commit(Transaction transaction) throws InterruptedException {
        var mine = next("commit " + transaction.changes());
        if (mine == Fate.DIES_BEFORE) {
          throw new Fault.Death("commit");
        }
        var result = super.commit(transaction);
        if (mine == Fate.DIES_AFTER) {
          throw new Fault.Death("commit");
        }
        return result;
      }
    };
  }
}
