package dev.flotilla.chaos.lab.storage;

import dev.flotilla.chaos.lab.folder.Clearing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Clearing.delete(inside);
  }
}
