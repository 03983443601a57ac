package dev.flotilla.chaos.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/// Processor time that the processes of a benchmark have used since they began, by name.
record CpuTime(SortedMap<String, Duration> used) {

  /// Of the control plane, of the operator and of the bench itself.
  ///
  /// @param cluster the control plane's folder, which its processes name in their command lines
  static CpuTime now(Path cluster, ProcessHandle operator) {
    var used = new TreeMap<String, Duration>();
    ProcessHandle.allProcesses()
        .filter(process -> process.pid() != operator.pid())
        .forEach(process -> {
          var about = process.info();
          var command = about.command().map(Path::of);
          if (command.isPresent()
              && about.commandLine().filter(it -> it.contains(cluster.toString())).isPresent()) {
            put(used, command.get().getFileName().toString(), process);
          }
        });
    put(used, "operator", operator);
    put(used, "bench", ProcessHandle.current());
    return new CpuTime(used);
  }

  private static void put(SortedMap<String, Duration> used, String name, ProcessHandle process) {
    used.merge(name, process.info().totalCpuDuration().orElse(Duration.ZERO), Duration::plus);
  }

  /// What was used since an earlier moment.
  SortedMap<String, Duration> since(CpuTime before) {
    var since = new TreeMap<String, Duration>();
    used.forEach(
        (name, now) -> since.put(name, now.minus(before.used().getOrDefault(name, Duration.ZERO))));
    return since;
  }
}
