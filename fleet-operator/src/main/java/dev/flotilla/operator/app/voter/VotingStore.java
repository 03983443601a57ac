package dev.flotilla.operator.app.voter;

import dev.flotilla.operator.document.VoterState;
import dev.flotilla.operator.kube.ApiServer;
import dev.flotilla.operator.kube.StoreMap;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.raft.app.EmbeddedStore;
import dev.flotilla.raft.app.VoterHome;
import dev.flotilla.raft.app.VoterReport;
import dev.flotilla.raft.ratis.Standing;
import dev.flotilla.raft.ratis.Voter.Surroundings;
import dev.flotilla.raft.ratis.VoterId;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// The store with a voter in this process, put together by hand.
public final class VotingStore {

  private VotingStore() {}

  /// Begins to start the voter of a zone; does not wait for it.
  ///
  /// @param client closed after the store
  /// @param namespace the operator's own
  public static EmbeddedStore open(
      VoterHome home,
      KubernetesClient client,
      ApiServer api,
      String namespace,
      InstantSource clock) {
    var never = new StopSignal(); // closing the store interrupts what is under way
    var pods = new OperatorPods(client, namespace, home.place().getPort());
    pods.start();
    return EmbeddedStore.open(
        home,
        new MappedRegister(new StoreMap(api, namespace), never),
        new StoreAuthority(api, never, namespace, new SecureRandom(), clock)::identity,
        new Surroundings(pods, System::nanoTime, () -> freeBytes(home.directory())),
        UUID::randomUUID);
  }

  private static long freeBytes(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException("the disk of the store cannot be asked", e);
    }
  }

  /// How its voter does, for people and programs.
  public static VoterState state(VoterReport report) {
    var standing = report.standing();
    return new VoterState(
        report.zone().name(),
        report.voter().map(VoterId::toString).orElse(""),
        standing.map(it -> role(it.role())).orElse(""),
        standing.map(Standing::term).orElse(0L),
        standing.flatMap(Standing::leader).map(VoterId::toString).orElse(""),
        standing.map(it -> names(it.members().voters())).orElse(List.of()),
        standing.map(it -> names(it.members().listeners())).orElse(List.of()),
        standing.map(Standing::changing).orElse(false),
        standing.map(Standing::committed).orElse(0L),
        standing.map(Standing::applied).orElse(0L),
        standing.map(it -> it.time().toSeconds()).orElse(0L),
        report.why());
  }

  private static String role(Standing.Role role) {
    return switch (role) {
      case LEADER -> "Leader";
      case FOLLOWER -> "Follower";
      case LISTENER -> "Listener";
      case CANDIDATE -> "Candidate";
    };
  }

  private static List<String> names(Collection<VoterId> voters) {
    return voters.stream().map(VoterId::toString).toList();
  }
}
