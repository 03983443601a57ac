package dev.flotilla.chaos.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.raft.ratis.PeerDirectory;
import dev.flotilla.raft.ratis.Voter;
import dev.flotilla.raft.ratis.VoterId;
import dev.flotilla.raft.ratis.VoterSettings;
import dev.flotilla.topology.store.TopologyStore.Registration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// A voter in a process of its own, which does what it reads, line by line, and prints what it was
/// told. It ends with its input.
///
/// Arguments: the group, the voter, its directory, and whether it is founded or resumed. The voters
/// of zones `a`, `b` and `c` listen at 10.77.0.1, .2 and .3.
final class StoreServer {

  static final ObjectMapper JSON = new ObjectMapper();

  /// What it prints once it has started.
  static final String STARTED = "started";

  static final String FOUND = "found";
  static final String RESUME = "resume";

  /// Asked by who does harm; it is in no history.
  static final Operation.Asked LEADS = Operation.Asked.that("leads");

  static final Operation.Told YES = Operation.Told.that("yes");

  private static final int PORT = 7000;
  private static final long RESERVE = 1 << 20;
  private static final Duration ELECTION = Duration.ofSeconds(1);

  private StoreServer() {}

  /// @param id given by who asks
  record Request(long id, Operation.Asked asked) {}

  record Response(long id, Operation.Told told) {}

  static String host(VoterId voter) {
    return "10.77.0." + (1 + "abc".indexOf(voter.zone().name()));
  }

  /// Everybody stays where the zone says.
  private record Places() implements PeerDirectory {

    @Override
    public Optional<InetSocketAddress> address(VoterId voter) {
      return Optional.of(new InetSocketAddress(host(voter), PORT));
    }

    @Override
    public Registration onChange(Runnable changed) {
      return () -> {};
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var out = System.out;
    System.setOut(System.err); // where logs go, too
    var self = VoterId.of(arguments[1]);
    var folder = Files.createDirectories(Path.of(arguments[2]));
    var disk = Files.getFileStore(folder);
    var settings =
        new VoterSettings(
            UUID.fromString(arguments[0]),
            self,
            Arrays.stream(new String[] {"a.1", "b.1", "c.1"})
                .map(VoterId::of)
                .collect(Collectors.toCollection(TreeSet::new)),
            folder,
            new InetSocketAddress(host(self), PORT),
            RESERVE,
            ELECTION,
            Optional.empty());
    var surroundings = new Voter.Surroundings(new Places(), System::nanoTime, () -> free(disk));
    try (var voter =
        arguments[3].equals(RESUME)
            ? Voter.resume(settings, surroundings)
            : Voter.found(settings, surroundings)) {
      out.println(STARTED);
      serve(voter, out);
    }
  }

  private static long free(FileStore disk) {
    try {
      return disk.getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(Voter voter, PrintStream out) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        var request = JSON.readValue(line, Request.class);
        threads.execute(() -> answer(voter, request, out));
      }
      threads.shutdownNow();
    }
  }

  private static void answer(Voter voter, Request request, PrintStream out) {
    try {
      var told = told(voter, request.asked());
      out.println(JSON.writeValueAsString(new Response(request.id(), told)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Operation.Told told(Voter voter, Operation.Asked asked)
      throws InterruptedException {
    if (asked.equals(LEADS)) {
      return voter.leads() ? YES : Operation.Told.nobodyKnows();
    }
    return asked.of(voter.store());
  }
}
