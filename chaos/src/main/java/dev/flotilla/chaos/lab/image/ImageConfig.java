package dev.flotilla.chaos.lab.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a container of an image is started.
///
/// @param user numeric `uid:gid`, so that a kubelet can see that it is not root
/// @param folder absolute working folder
/// @param entrypoint program and arguments; empty if a pod must name its own
/// @param environment variables, in the order of their names
/// @param ports TCP ports on which it listens, for people to read
public record ImageConfig(
    String user,
    String folder,
    List<String> entrypoint,
    SortedMap<String, String> environment,
    List<Integer> ports) {
  /// Checks and copies.
  public ImageConfig {
    if (!user.matches("\\d+:\\d+")) {
      throw new IllegalArgumentException("not a numeric uid:gid: " + user);
    }
    if (!folder.startsWith("/")) {
      throw new IllegalArgumentException("not an absolute folder: " + folder);
    }
    entrypoint = List.copyOf(entrypoint);
    environment = new TreeMap<>(environment);
    ports = List.copyOf(ports);
  }

  /// An image that runs `entrypoint` in `/` as `user`.
  public static ImageConfig of(String user, String... entrypoint) {
    return new ImageConfig(user, "/", List.of(entrypoint), new TreeMap<>(), List.of());
  }

  /// The `config` object of the OCI image specification.
  Map<String, Object> json() {
    var variables = new ArrayList<String>();
    environment.forEach((name, value) -> variables.add(name + "=" + value));
    var exposed = new TreeMap<String, Object>();
    ports.forEach(port -> exposed.put(port + "/tcp", Map.of()));
    var json = new TreeMap<String, Object>();
    json.put("User", user);
    json.put("WorkingDir", folder);
    json.put("Entrypoint", entrypoint);
    json.put("Env", variables);
    json.put("ExposedPorts", exposed);
    return json;
  }
}
