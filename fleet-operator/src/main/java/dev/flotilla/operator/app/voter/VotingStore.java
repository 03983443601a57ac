package dev.flotilla.operator.app.voter;

import dev.flotilla.operator.kube.ApiServer;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.raft.app.EmbeddedStore;
import dev.flotilla.raft.app.VoterHome;
import dev.flotilla.raft.ratis.Voter.Surroundings;
import dev.flotilla.topology.store.TopologyStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/// The store with a voter in this process, put together by hand.
public final class VotingStore {

  private VotingStore() {}

  /// Begins to start the voter of a zone; does not wait for it.
  ///
  /// @param client made by the operator's own settings, closed after the store
  /// @param namespace the operator's own
  public static TopologyStore open(
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
        new MappedRegister(api, never, namespace),
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
}
