package dev.flotilla.chaos.lab.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A folder on disk in which the files of an image layer are laid out.
///
/// @param root the folder; what lies in it appears below `/` in the image
record FileTree(Path root) {
  /// The tree in an existing or new folder.
  static FileTree in(Path folder) throws IOException {
    return new FileTree(Files.createDirectories(folder));
  }

  /// Where the image's absolute path `path` lies on disk.
  Path at(String path) {
    return root.resolve(path.substring(1));
  }

  /// Makes a folder, with its parents, and gives it a mode such as 01777.
  Path folder(String path, int mode) throws IOException {
    Path folder = Files.createDirectories(at(path));
    Files.setAttribute(folder, "unix:mode", mode);
    return folder;
  }

  /// Makes a folder that only its owner may write.
  Path folder(String path) throws IOException {
    return folder(path, 0755);
  }

  /// Writes a text file that all may read.
  void text(String path, String content) throws IOException {
    Path file = parent(path);
    Files.writeString(file, content);
    Files.setAttribute(file, "unix:mode", 0644);
  }

  /// Copies a file, following links, and sets its mode.
  void file(Path source, String path, int mode) throws IOException {
    Path file = parent(path);
    Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING);
    Files.setAttribute(file, "unix:mode", mode);
  }

  /// Puts a symbolic link at `path` that reads `target`.
  void link(String path, String target) throws IOException {
    Files.createSymbolicLink(parent(path), Path.of(target));
  }

  /// Copies a folder's files into the folder `path`, following links, keeping the right to execute,
  /// but only what `wanted` accepts by its path within `source`.
  void copy(Path source, String path, Predicate<Path> wanted) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(source, FileVisitOption.FOLLOW_LINKS)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path within = source.relativize(file);
      if (wanted.test(within)) {
        file(file, path + "/" + within, Files.isExecutable(file) ? 0755 : 0644);
      }
    }
  }

  /// Gives everything the epoch as its time of change, which is what it has in the image: a
  /// class-data archive made here is otherwise refused there.
  void age() throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      walk.filter(path -> !Files.isSymbolicLink(path)).forEach(FileTree::age);
    }
  }

  private static void age(Path path) {
    try {
      Files.setLastModifiedTime(path, FileTime.fromMillis(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path parent(String path) throws IOException {
    Path file = at(path);
    Files.createDirectories(file.getParent());
    return file;
  }
}
