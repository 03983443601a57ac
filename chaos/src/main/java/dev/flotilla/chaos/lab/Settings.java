package dev.flotilla.chaos.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The files in a cluster's folder that tell the scripts what they need to know, and that tell
/// later commands which cluster this is.
final class Settings {

  private static final String ENVIRONMENT = "lab.env";

  private final Path cluster;

  Settings(Path cluster) {
    this.cluster = cluster;
  }

  /// What a cluster's folder says about itself; empty if there is no cluster.
  Optional<LabSpec> spec() {
    Map<String, String> values = read();
    if (values.isEmpty()) {
      return Optional.empty();
    }
    List<String> zones =
        Arrays.stream(values.getOrDefault("LAB_ZONES", "").split(" "))
            .filter(zone -> !zone.isEmpty())
            .toList();
    return Optional.of(
        new LabSpec(
            Integer.parseInt(values.getOrDefault("LAB_NUMBER", "0")),
            zones,
            Integer.parseInt(values.getOrDefault("LAB_NODES_PER_ZONE", "1"))));
  }

  /// Where a program of the cluster is.
  ///
  /// @throws LabFailure if somebody has emptied the cache
  Path program(String name) {
    return Arrays.stream(read().getOrDefault("LAB_PROGRAMS", "").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new LabFailure(name + " is not in the cache", "./flotilla up"));
  }

  /// Root of the unpacked Debian packages.
  String packages() {
    return read().getOrDefault("LAB_DEBIAN", "");
  }

  private Map<String, String> read() {
    Path file = cluster.resolve(ENVIRONMENT);
    Map<String, String> values = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return values;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        values.put(line.substring(0, equals), line.substring(equals + 2, line.length() - 1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  /// Writes the environment of the scripts.
  void write(Layout layout, Supplies supplies, int graceSeconds) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("LAB_NUMBER", Integer.toString(layout.spec().number()));
    values.put("LAB_ZONES", String.join(" ", layout.spec().zones()));
    values.put("LAB_NODES_PER_ZONE", Integer.toString(layout.spec().nodesPerZone()));
    values.put("LAB_CGROUP", layout.controlGroup());
    values.put("LAB_LINK", layout.link());
    values.put("LAB_GATEWAY", layout.gateway());
    values.put("LAB_API", layout.api());
    values.put("LAB_LOOPBACK", layout.loopback());
    values.put("LAB_SERVICES", layout.services());
    values.put("LAB_DNS", layout.dns());
    // Nodes that a test makes up send no heartbeats and must not be given up for it.
    values.put(
        "LAB_CONTROLLERS", layout.spec().zones().isEmpty() ? "*,-node-lifecycle-controller" : "*");
    values.put("LAB_REGION", layout.region());
    values.put("LAB_GRACE_SECONDS", Integer.toString(graceSeconds));
    values.put("LAB_PROGRAMS", supplies.searchPath());
    values.put("LAB_DEBIAN", supplies.packages().toString());
    values.put("LAB_TRIPLET", supplies.triplet());
    replace(
        ENVIRONMENT,
        values.entrySet().stream()
            .map(entry -> entry.getKey() + "='" + entry.getValue() + "'\n")
            .collect(Collectors.joining()));
    replace(
        "nodes",
        layout.nodes().stream()
            .map(node ->
                String.join(
                    " ", node.name(), node.zone(), node.address(), node.pods(), node.link()))
            .map(line -> line + "\n")
            .collect(Collectors.joining()));
  }

  /// Writes a file so that a reader sees all of it or what was there before.
  void replace(String name, String text) {
    Path file = cluster.resolve(name);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
