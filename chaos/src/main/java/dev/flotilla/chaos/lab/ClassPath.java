package dev.flotilla.chaos.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The class path of this process, for a process that outlives it.
final class ClassPath {

  private ClassPath() {}

  /// The class path with everything that lies in the checkout copied elsewhere: the next build
  /// replaces it there, and a running process would fail on the first class that it had not loaded
  /// yet.
  static String copiedTo(Path folder, Path checkout) {
    // Maven's test runner hides the class path in the manifest of a jar and puts it here instead.
    String own =
        Optional.ofNullable(System.getProperty("surefire.test.class.path"))
            .orElseGet(() -> System.getProperty("java.class.path"));
    List<String> entries = new ArrayList<>();
    for (String entry : own.split(File.pathSeparator)) {
      Path path = Path.of(entry).toAbsolutePath().normalize();
      if (!path.startsWith(checkout) || !Files.exists(path)) {
        entries.add(path.toString());
        continue;
      }
      Path copy = folder.resolve(entries.size() + "-" + path.getFileName());
      copy(path, copy);
      entries.add(copy.toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
