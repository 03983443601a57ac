package dev.flotilla.chaos.lab.storage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/// The folders that volumes are made of, below one root.
final class Folders {

  private final Path root;

  Folders(Path root) {
    this.root = root;
  }

  /// Where a volume lies.
  Path of(Scope.Place place, String volume) {
    return root.resolve(place.folder()).resolve(volume);
  }

  /// Makes a volume. Like a fresh file system it belongs to root and only root may write: pods name
  /// an fsGroup, as they must with cloud disks.
  void make(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// Deletes a volume with all its content. Follows no link; refuses what is not below the root.
  void delete(Path folder) throws IOException {
    Path inside = folder.normalize();
    if (!inside.startsWith(root) || root.relativize(inside).getNameCount() != 2) {
      throw new IOException(folder + " is not one of our volumes");
    }
    if (!Files.exists(inside)) {
      return;
    }
    Files.walkFileTree(
        inside,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
