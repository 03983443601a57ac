package dev.flotilla.chaos.lab;

import dev.flotilla.chaos.lab.progress.Progress;
import java.nio.file.Path;
import java.util.Map;

/// The program etcd, as the lab's control planes run it.
public final class EtcdProgram {

  private EtcdProgram() {}

  /// Where it is; built if it is not there yet.
  public static Path path(Places places, Map<String, String> environment, Progress progress) {
    var phase = progress.begin("etcd");
    var folder = new Warehouse(places, environment).etcd(phase);
    phase.done("the program is there");
    return folder.resolve("etcd");
  }
}
