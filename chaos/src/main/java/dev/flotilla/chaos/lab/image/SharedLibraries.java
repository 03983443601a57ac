package dev.flotilla.chaos.lab.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The shared libraries of this machine that a program needs: an image starts from nothing, and
/// what the JDK of this machine runs with here it runs with there.
final class SharedLibraries {
  private static final Pattern FOUND = Pattern.compile("(?:=> |^\\s*)(/\\S+) \\(0x");

  private SharedLibraries() {}

  /// Absolute paths of the libraries, loader included, that `binaries` are linked to. What is not
  /// on this machine is left out: the desktop parts of a JDK want more than a server has.
  private static SortedSet<String> neededBy(List<Path> binaries) throws IOException {
    var command = new ArrayList<String>();
    command.add("ldd");
    binaries.forEach(binary -> command.add(binary.toString()));
    Process ldd =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var needed = new TreeSet<String>();
    try (var output = ldd.inputReader(StandardCharsets.UTF_8)) {
      output
          .lines()
          .forEach(line -> FOUND.matcher(line).results().forEach(m -> needed.add(m.group(1))));
    }
    return needed;
  }

  /// Copies what the programs and libraries in the folder `of` are linked to into a tree, to where
  /// the loader looks.
  static void copy(FileTree to, Path of) throws IOException {
    List<Path> binaries;
    try (Stream<Path> walk = Files.walk(of)) {
      binaries = walk.filter(Files::isRegularFile).filter(SharedLibraries::isLinked).toList();
    }
    for (String library : neededBy(binaries)) {
      if (!Path.of(library).startsWith(of)) {
        to.file(Path.of(library), library, 0755);
      }
    }
  }

  private static boolean isLinked(Path file) {
    return file.getFileName().toString().endsWith(".so") || file.endsWith("bin/java");
  }

  /// The file of a library such as `libzstd.so.1` in the folders where Linux distributions keep
  /// them.
  static Path named(String name) {
    String triplet =
        System.getProperty("os.arch").equals("aarch64") ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
    return Stream.of("/usr/lib/" + triplet, "/lib/" + triplet, "/usr/lib64", "/usr/lib", "/lib")
        .map(folder -> Path.of(folder, name))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new ImageFailure("this machine has no " + name));
  }
}
