package dev.flotilla.chaos.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What one node may promise to pods. Each kubelet takes the whole machine for its own; what
/// exceeds the node's share is declared reserved.
///
/// Memory is split, because it cannot be promised twice. Processors are promised about twice over,
/// a whole one at least, because pods rarely work all at once.
///
/// @param processors of the machine
/// @param memoryBytes of the machine
/// @param nodes that share it
record MachineShare(int processors, long memoryBytes, int nodes) {

  private static final long MEBIBYTE = 1 << 20;
  private static final long LEAST_MEBIBYTES = 1024;
  private static final int OVERCOMMIT = 2;
  private static final int PERCENT_FOR_PODS = 85;

  static MachineShare ofThisMachine(int nodes) {
    try {
      long kibibytes =
          Files.readAllLines(Path.of("/proc/meminfo")).stream()
              .filter(line -> line.startsWith("MemTotal:"))
              .map(line -> line.replaceAll("\\D", ""))
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElseThrow();
      return new MachineShare(Runtime.getRuntime().availableProcessors(), kibibytes << 10, nodes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As a Kubernetes quantity.
  String reservedCpu() {
    int millis = processors * 1000;
    int share = Math.clamp(OVERCOMMIT * millis / nodes, 1000, millis);
    return millis - share + "m";
  }

  /// As a Kubernetes quantity.
  String reservedMemory() {
    long mebibytes = memoryBytes / MEBIBYTE;
    long share = Math.max(LEAST_MEBIBYTES, mebibytes * PERCENT_FOR_PODS / 100 / nodes);
    return Math.max(0, mebibytes - share) + "Mi";
  }
}
