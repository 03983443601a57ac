package dev.flotilla.chaos.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where things lie on this machine.
///
/// @param home the checkout, with the scripts in `chaos/lab`
/// @param cache what is built or downloaded once and may be deleted at any time
/// @param state what belongs to running clusters
public record Places(Path home, Path cache, Path state) {

  /// The longest state folder that still leaves room for the kubelet's sockets below it: 107 bytes
  /// are all that a socket address holds.
  private static final int LONGEST_STATE = 60;

  /// Checks the length of the state folder.
  ///
  /// @throws LabFailure if the state folder is too long for sockets below it
  public Places {
    if (state.toString().length() > LONGEST_STATE) {
      throw new LabFailure(
          "the state folder " + state + " has a name of more than " + LONGEST_STATE + " characters",
          "export FLOTILLA_STATE=/var/tmp/flotilla   (the kernel limits the names of sockets)");
    }
  }

  /// The places that environment and home folder give: `FLOTILLA_CACHE` and `FLOTILLA_STATE`, else
  /// the XDG folders, else `~/.cache/flotilla` and `~/.local/state/flotilla`.
  public static Places ofThisMachine(Map<String, String> environment) {
    Path user = Path.of(System.getProperty("user.home"));
    return new Places(
        checkout(),
        folder(environment, "FLOTILLA_CACHE", "XDG_CACHE_HOME", user.resolve(".cache")),
        folder(environment, "FLOTILLA_STATE", "XDG_STATE_HOME", user.resolve(".local/state")));
  }

  private static Path folder(
      Map<String, String> environment, String own, String standard, Path otherwise) {
    return value(environment, own)
        .map(Path::of)
        .orElseGet(
            () -> value(environment, standard).map(Path::of).orElse(otherwise).resolve("flotilla"))
        .toAbsolutePath()
        .normalize();
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  /// The system property `flotilla.home`, else the nearest folder upwards that has the scripts:
  /// tests run in the folder of their module.
  private static Path checkout() {
    Optional<Path> given = Optional.ofNullable(System.getProperty("flotilla.home")).map(Path::of);
    Path folder = given.orElse(Path.of("")).toAbsolutePath().normalize();
    while (!Files.exists(folder.resolve("chaos/lab/lib.sh"))) {
      Path above = folder.getParent();
      if (above == null) {
        throw new LabFailure(
            "no folder chaos/lab here or above", "run ./flotilla from the checkout");
      }
      folder = above;
    }
    return folder;
  }

  /// The scripts and their configuration files.
  public Path scripts() {
    return home.resolve("chaos/lab");
  }

  /// Image archives, `*.tar`, that every node gets.
  public Path images() {
    return cache.resolve("images");
  }

  /// The folders of all clusters, named by their numbers.
  public Path clusters() {
    return state.resolve("lab");
  }

  /// The folder of one cluster.
  public Path cluster(int number) {
    return clusters().resolve(Integer.toString(number));
  }

  /// What concerns all clusters of this machine together: locks, saved kernel settings, the choice
  /// of a cluster that is not ours.
  public Path shared() {
    return clusters().resolve("shared");
  }
}
