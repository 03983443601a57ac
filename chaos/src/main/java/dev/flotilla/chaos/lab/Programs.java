package dev.flotilla.chaos.lab;

import dev.flotilla.chaos.lab.progress.Progress;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;

/// Single programs of the lab, for whoever runs them without a cluster; built if they are not there
/// yet.
public final class Programs {

  private Programs() {}

  /// The program that looks for an order in what clients of the store saw, see
  /// `chaos/lab/programs/histories`.
  public static Path orderFinder(
      Places places, Map<String, String> environment, Progress progress) {
    return program("histories", Warehouse::histories, places, environment, progress);
  }

  /// The program etcd, as the lab's control planes run it.
  public static Path etcd(Places places, Map<String, String> environment, Progress progress) {
    return program("etcd", Warehouse::etcd, places, environment, progress);
  }

  private static Path program(
      String name,
      BiFunction<Warehouse, Progress.Phase, Path> folder,
      Places places,
      Map<String, String> environment,
      Progress progress) {
    var phase = progress.begin(name);
    var there = folder.apply(new Warehouse(places, environment), phase);
    phase.done("the program is there");
    return there.resolve(name);
  }
}
