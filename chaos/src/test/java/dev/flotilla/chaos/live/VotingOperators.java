package dev.flotilla.chaos.live;

import dev.flotilla.chaos.lab.LogEnd;
import dev.flotilla.chaos.lab.folder.Clearing;
import dev.flotilla.operator.document.Documents;
import dev.flotilla.operator.document.VoterState;
import dev.flotilla.raft.app.VoterRecord;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Three operators, one for each zone, each in a process of its own with a voter of the store and a
/// folder as its disk. Each has a pod that only says where it is.
final class VotingOperators implements AutoCloseable {

  static final List<String> ZONES = List.of("a", "b", "c");

  private final ApiWorld world;
  private final Path folder;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Integer> httpPorts = new TreeMap<>();
  private final Map<String, Detour> ways = new TreeMap<>();
  private final Map<String, ChildOperator> running = new TreeMap<>();

  /// @param folder for disks and logs
  VotingOperators(ApiWorld world, Path folder) throws IOException {
    this.world = world;
    this.folder = folder;
    port = freePort();
    for (String zone : ZONES) {
      ways.put(zone, new Detour(world.kubeconfig()));
      httpPorts.put(zone, freePort());
      Files.createDirectories(disk(zone));
      putPod(zone);
    }
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral(address("a")))) {
      return free.getLocalPort();
    }
  }

  private void putPod(String zone) {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(RunningOperator.NAMESPACE)
            .withName("operator-" + zone)
            .addToLabels("app.kubernetes.io/name", "flotilla")
            .addToLabels("app.kubernetes.io/component", "operator")
            .addToLabels("flotilla.dev/zone", zone)
            .endMetadata()
            .withNewSpec()
            // The namespace's own account is made some time after the namespace.
            .withServiceAccountName("operator")
            .withAutomountServiceAccountToken(false)
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .addNewContainer()
            .withName("operator")
            .withImage("example.org/none")
            .withNewSecurityContext()
            .withAllowPrivilegeEscalation(false)
            .withNewCapabilities()
            .addToDrop("ALL")
            .endCapabilities()
            .endSecurityContext()
            .endContainer()
            .endSpec()
            .build();
    world.client.resource(pod).create();
    world
        .client
        .resource(pod)
        .editStatus(it ->
            new PodBuilder(it)
                .editOrNewStatus()
                .withPodIP(address(zone))
                .addNewPodIP(address(zone))
                .endStatus()
                .build());
  }

  private static String address(String zone) {
    return "127.2.0." + (1 + ZONES.indexOf(zone));
  }

  /// On the way of one of them to the API server.
  Detour way(String zone) {
    return Objects.requireNonNull(ways.get(zone));
  }

  /// Starts one that does not run.
  void start(String zone) throws IOException {
    running.put(
        zone,
        ChildOperator.start(
            way(zone),
            world.kubeconfig(),
            Map.of(
                "FLOTILLA_INSTANCE", "operator-" + zone,
                "FLOTILLA_HTTP_PORT", Integer.toString(httpPort(zone)),
                "FLOTILLA_STORE", "raft",
                "FLOTILLA_ZONE", zone,
                "FLOTILLA_STORE_ZONES", String.join(",", ZONES),
                "FLOTILLA_STORE_DIRECTORY", disk(zone).toString(),
                "FLOTILLA_STORE_ADDRESS", address(zone),
                "FLOTILLA_STORE_PORT", Integer.toString(port)),
            folder.resolve(zone + ".log")));
  }

  /// Ends one without a word.
  void kill(String zone) {
    Objects.requireNonNull(running.remove(zone)).kill();
  }

  Path disk(String zone) {
    return folder.resolve("disk-" + zone);
  }

  /// Takes away everything that is on a disk.
  void wipe(String zone) throws IOException {
    Clearing.delete(disk(zone));
    Files.createDirectories(disk(zone));
  }

  /// The zone of the one that acts, as the ConfigMap shows it; empty if none does.
  Optional<String> acting() {
    return entries()
        .map(entries -> entries.getOrDefault("holder", ""))
        .filter(holder -> !holder.isEmpty())
        .map(holder -> holder.substring("operator-".length(), holder.indexOf('/')));
  }

  private int httpPort(String zone) {
    return Objects.requireNonNull(httpPorts.get(zone));
  }

  /// How the voter of a zone says that it does; empty if its operator does not answer.
  Optional<VoterState> voter(String zone) {
    var uri = URI.create("http://127.0.0.1:%d/voter".formatted(httpPort(zone)));
    try {
      var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      return Optional.of(Documents.read(answer.body(), VoterState.class));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Whether the leader says that just these vote for good, and that nobody only listens.
  boolean areVoters(SortedSet<String> voters) {
    return ZONES.stream()
        .map(this::voter)
        .flatMap(Optional::stream)
        .filter(state -> "Leader".equals(state.role()))
        .filter(state -> !state.changing())
        .anyMatch(
            state -> new TreeSet<>(state.voters()).equals(voters) && state.listeners().isEmpty());
  }

  /// Who votes, as the ConfigMap says.
  Optional<VoterRecord> record() {
    return entries().flatMap(VoterRecord::read);
  }

  /// How voters and their operators stand and what they said last, for whoever reads of a failure.
  String said() {
    return Stream.concat(
            Stream.of("ConfigMap flotilla-store: " + entries()), ZONES.stream().map(this::said))
        .collect(Collectors.joining("\n"));
  }

  private String said(String zone) {
    return "--- %s: %s%n%s".formatted(zone, voter(zone), LogEnd.of(folder.resolve(zone + ".log")));
  }

  private Optional<Map<String, String>> entries() {
    return Optional.ofNullable(RunningOperator.storeMap(world.client).get())
        .map(ConfigMap::getData);
  }

  @Override
  public void close() throws IOException {
    for (ChildOperator operator : running.values()) {
      operator.close();
    }
    for (Detour way : ways.values()) {
      way.close();
    }
    http.close();
  }
}
