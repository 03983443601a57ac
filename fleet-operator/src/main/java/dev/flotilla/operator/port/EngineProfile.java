package dev.flotilla.operator.port;

import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.topology.model.ClusterRef;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// How an engine wants to be configured and started. Pure functions; nothing here talks to an
/// engine.
public interface EngineProfile {

  /// Whether members are emptied and removed when fewer are wanted; otherwise none is removed.
  default boolean emptiesMembers() {
    return false;
  }

  /// The engine's settings that only the operator may set. Each entry stands for the setting itself
  /// and for everything below it: `path` also for `path.data`.
  SortedSet<String> ownedSettings();

  /// Why a user may not set this; empty if they may. A specification with such a setting is
  /// illegal.
  ///
  /// @return one clause for people that names the setting
  Optional<String> objectionTo(String setting);

  /// The settings files that follow from the specification. A setting that the engine objects to
  /// has no effect.
  ClusterView.Blueprint blueprint(ClusterRef cluster, ClusterSpec spec);

  /// The file that tells members where the others are.
  SeedFile seeds(SortedSet<String> addresses);

  /// How the engine's container is started.
  Container container(PodDraft pod);

  /// The port that clients talk to, over TLS.
  int clientPort();

  /// @param name of the file in the folder of live files
  record SeedFile(String name, String content) {}

  /// The engine's part of a pod. The shell's adapter adds what Kubernetes wants: volumes, security,
  /// labels.
  ///
  /// Mounts that the engine's container and the prepare command may both rely on: the data volume
  /// at `dataPath`; an empty folder at `configPath`, which the prepare command fills; the settings
  /// files at `/mnt/flotilla/config`; the seed file at `/mnt/flotilla/seeds`, the member's key,
  /// certificate and authority (`tls.key`, `tls.crt`, `ca.crt`) at `/mnt/flotilla/tls` and the
  /// log-in files of the tenant's Secret that `loginFiles` names at `/mnt/flotilla/login`, all
  /// three live; empty writable folders at `scratchPaths`.
  ///
  /// @param prepare command of the init container, which runs the same image
  /// @param command of the engine's container; empty means the image's own entry point
  /// @param env literal environment variables; `POD_IP` is set besides
  /// @param ports container ports by name
  /// @param readyPort a TCP port that is open exactly while the member serves; empty if
  ///   `readyCommand` tells
  /// @param readyCommand a command that succeeds exactly while the member serves
  record Container(
      List<String> prepare,
      List<String> command,
      SortedMap<String, String> env,
      SortedMap<String, Integer> ports,
      Optional<Integer> readyPort,
      List<String> readyCommand,
      String dataPath,
      String configPath,
      List<String> scratchPaths,
      List<String> loginFiles) {
    public Container {
      prepare = List.copyOf(prepare);
      command = List.copyOf(command);
      env = Collections.unmodifiableSortedMap(new TreeMap<>(env));
      ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
      readyCommand = List.copyOf(readyCommand);
      scratchPaths = List.copyOf(scratchPaths);
      loginFiles = List.copyOf(loginFiles);
    }
  }
}
