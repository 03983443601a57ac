package dev.flotilla.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients ask three voters for this and that while these are killed, stopped and cut off, one
/// after the other; then every answer must be one that a store would give that does one thing after
/// the other.
///
/// One store serves all histories, as founding one takes as long as a fault. It goes on with what
/// the history before left in it; each has a lease of its own. After a history that failed the next
/// one has a new store.
@Tag("control-plane")
@Tag("R89")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoriesTest {

  private static final boolean LONG = Boolean.getBoolean("flotilla.long");

  /// Each takes a quarter of a minute: that many faults take their time.
  private static final int HISTORIES = LONG ? 200 : 10;

  /// Of those that happen to leaders, in each history.
  private static final int FAULTS = LONG ? Harm.KINDS : 2;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path directory;

  private Optional<Voters> store = Optional.empty();

  static IntStream seeds() {
    return IntStream.rangeClosed(1, Integer.getInteger("flotilla.seeds", HISTORIES));
  }

  @AfterAll
  void end() {
    store.ifPresent(Voters::close);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyAnswerIsOneOfAStoreThatDoesOneThingAfterTheOther(int seed) throws Exception {
    try (var crowd = new Crowd(seed, directory)) {
      var voters = store.isPresent() ? store.get() : store("since-" + seed);
      var harm = new Harm(voters.servers(), new Random(seed), crowd);
      try {
        write(crowd, voters.servers(), harm);
        assertThat(crowd.verdict()).isEmpty();
      } catch (Exception | AssertionError e) {
        System.err.println(voters.lastWords());
        voters.close();
        store = Optional.empty();
        throw new AssertionError(
            "history %d, after %s: %s".formatted(seed, harm.done(), e.getMessage()), e);
      }
    }
  }

  /// One whose voters are not started yet.
  private Voters store(String folder) throws Exception {
    var voters = Voters.on(Files.createDirectory(directory.resolve(folder)));
    store = Optional.of(voters);
    return voters;
  }

  private static void write(Crowd crowd, List<Server> servers, Harm harm) throws Exception {
    if (!servers.getFirst().isStarted()) {
      crowd.start(servers);
    }
    crowd.outrun(servers.getFirst());
    crowd.beginAsking(servers);
    harm.some(FAULTS);
    crowd.endAsking();
    for (Server server : servers) {
      crowd.waitFor(server);
    }
  }
}
