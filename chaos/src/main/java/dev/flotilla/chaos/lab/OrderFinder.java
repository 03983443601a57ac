package dev.flotilla.chaos.lab;

import dev.flotilla.chaos.lab.progress.Progress;
import java.nio.file.Path;
import java.util.Map;

/// The program that looks for an order in what clients of the store saw, see
/// `chaos/lab/programs/histories`.
public final class OrderFinder {

  private OrderFinder() {}

  /// Where it is; built if it is not there yet.
  public static Path program(Places places, Map<String, String> environment, Progress progress) {
    var phase = progress.begin("histories");
    var folder = new Warehouse(places, environment).histories(phase);
    phase.done("the program is there");
    return folder.resolve("histories");
  }
}
