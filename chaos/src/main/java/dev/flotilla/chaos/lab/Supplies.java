package dev.flotilla.chaos.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// What a cluster is made of, ready in the cache: folders with programs and the unpacked packages.
///
/// @param programs folders, in the order in which they are searched
/// @param packages root of the unpacked Debian packages
/// @param triplet the folder name of libraries for this machine's architecture
record Supplies(List<Path> programs, Path packages, String triplet) {

  Supplies {
    programs = List.copyOf(programs);
  }

  /// The programs' folders as in `PATH`.
  String searchPath() {
    return programs.stream().map(Path::toString).collect(Collectors.joining(":"));
  }
}
