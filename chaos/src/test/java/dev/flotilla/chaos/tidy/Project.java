package dev.flotilla.chaos.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The checkout as text files, without what builds leave behind.
///
/// @param root its folder
/// @param files in order of their paths; binary files are left out
record Project(Path root, List<TextFile> files) {

  private static final Set<String> NOT_OURS =
      Set.of(".git", "target", ".idea", ".vscode", ".settings", "node_modules");

  /// One file.
  ///
  /// @param path relative to the checkout, with slashes
  /// @param executable whether its mode says so
  record TextFile(String path, boolean executable, String text) {
    Stream<String> lines() {
      return text.lines();
    }

    boolean isMain() {
      return path.contains("/src/main/java/");
    }

    boolean isJava() {
      return path.endsWith(".java");
    }
  }

  /// Reads the checkout that this module lies in.
  static Project read() {
    var folder = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    var root = folder;
    var files = new ArrayList<TextFile>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              return NOT_OURS.contains(path.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                throws IOException {
              if (attributes.isRegularFile()) {
                readText(root, path).ifPresent(files::add);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the checkout " + root, e);
    }
    files.sort(Comparator.comparing(TextFile::path));
    return new Project(root, List.copyOf(files));
  }

  private static Optional<TextFile> readText(Path root, Path path) throws IOException {
    var name = root.relativize(path).toString().replace('\\', '/');
    try {
      return Optional.of(new TextFile(name, Files.isExecutable(path), Files.readString(path)));
    } catch (MalformedInputException binary) {
      return Optional.empty();
    }
  }

  List<TextFile> java() {
    return files.stream().filter(TextFile::isJava).toList();
  }

  TextFile file(String path) {
    return files.stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the project has no file " + path));
  }
}
