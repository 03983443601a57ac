package dev.flotilla.chaos.bench;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.ClusterRef;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The operator's process, which says when it has looked at every database once: each pass asks the
/// database's engine first.
///
/// Arguments: those of [BenchedOperator#command], the number of databases.
final class FirstLooks implements EnginePort {

  private final EnginePort engine = new PlayedEngine();
  private final Set<ClusterRef> asked = ConcurrentHashMap.newKeySet();
  private final int databases;

  private FirstLooks(int databases) {
    this.databases = databases;
  }

  public static void main(String[] words) throws IOException, InterruptedException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var config = BenchedOperator.config(words, input.readLine());
    BenchedOperator.run(config, new FirstLooks(Integer.parseInt(words[2])), input);
  }

  @Override
  public Reading<EngineReport> observe(StopSignal stop, Access access) {
    if (asked.add(access.cluster()) && asked.size() == databases) {
      System.out.println(TimedProcess.DONE);
    }
    return engine.observe(stop, access);
  }
}
