package dev.flotilla.chaos.lab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/// Writes jars of which the same classes give the same bytes: sorted, and all of one age.
final class ClassJar {
  private static final LocalDateTime AGE = LocalDateTime.of(2026, 1, 1, 0, 0);

  private ClassJar() {}

  /// Packs what lies in `classes`, with more attributes in the manifest's main section.
  static void write(Path classes, Path jar, Map<String, String> attributes) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.forEach(manifest.getMainAttributes()::putValue);
    List<Path> files;
    try (Stream<Path> walk = Files.walk(classes)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    Files.createDirectories(jar.toAbsolutePath().getParent());
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(entry(JarFile.MANIFEST_NAME));
      manifest.write(out);
      for (Path file : files) {
        String name = classes.relativize(file).toString();
        if (!name.equals(JarFile.MANIFEST_NAME)) {
          out.putNextEntry(entry(name));
          Files.copy(file, out);
        }
      }
    }
  }

  private static JarEntry entry(String name) {
    var entry = new JarEntry(name);
    entry.setTimeLocal(AGE);
    return entry;
  }
}
