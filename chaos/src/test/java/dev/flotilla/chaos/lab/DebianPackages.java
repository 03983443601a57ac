package dev.flotilla.chaos.lab;

import java.nio.file.Path;
import java.time.Duration;

/// Debian packages that tests need and the local cluster does not.
public final class DebianPackages {

  private static final Duration DOWNLOAD = Duration.ofMinutes(15);

  private DebianPackages() {}

  /// Downloads and unpacks them once.
  ///
  /// @param list the file in `chaos/lab` that names them
  /// @return the root that they are unpacked in
  /// @throws LabFailure if they cannot be had, or not in time
  public static Path unpacked(String list) {
    var places = Places.ofThisMachine(System.getenv());
    var run = new Scripts.Run(places.cache().resolve("log").resolve(list + ".log"), DOWNLOAD);
    var root =
        new Scripts(places.scripts()).run(run, "packages.sh", places.cache().toString(), list);
    return Path.of(root);
  }
}
