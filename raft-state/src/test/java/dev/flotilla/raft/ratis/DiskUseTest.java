package dev.flotilla.raft.ratis;

import static dev.flotilla.raft.ratis.ThreeVoters.OURS;
import static dev.flotilla.raft.ratis.ThreeVoters.SECOND;
import static dev.flotilla.raft.ratis.ThreeVoters.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// What a commit costs the disk of each voter, as the kernel counts it for the process.
@Tag("processes")
class DiskUseTest {

  private static final int COMMITS = 100;

  /// Two blocks for the entry and as many for what Ratis notes about it.
  private static final long MOST = 16 * 1024;

  /// On the disk of the sources: what is kept in memory is not counted.
  static final class BesideClasses implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
        throws IOException {
      return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "voters");
    }
  }

  @Test
  void aCommitWritesFourBlocksAtMost(@TempDir(factory = BesideClasses.class) Path directory)
      throws Exception {
    try (var voters = ThreeVoters.start(directory)) {
      var last = commit(voters, Revision.NONE);

      var before = written(voters);
      for (int i = 0; i < COMMITS; i++) {
        last = commit(voters, last);
      }
      var after = written(voters);

      after.forEach((voter, bytes) ->
          assertThat((bytes - before.get(voter)) / COMMITS)
              .as("bytes written by %s for a commit", voter)
              .isBetween(256L, MOST));
    }
  }

  private static Revision commit(ThreeVoters voters, Revision expected)
      throws InterruptedException {
    var head = new Key("disk");
    var result =
        voters
            .ours()
            .store()
            .commit(
                new Transaction(
                    head,
                    expected,
                    new IntentId("after-" + expected),
                    Optional.empty(),
                    new TreeMap<>(),
                    List.of(new Change.Put(head.child("value"), "x".repeat(256)))));
    assertThat(result).isInstanceOf(CommitResult.Applied.class);
    return ((CommitResult.Applied) result).revision();
  }

  private static Map<VoterId, Long> written(ThreeVoters voters) throws IOException {
    var written = new TreeMap<VoterId, Long>();
    for (VoterId voter : List.of(OURS, SECOND, THIRD)) {
      try (var lines = Files.lines(Path.of("/proc/%d/io".formatted(voters.pid(voter))))) {
        written.put(
            voter,
            lines
                .filter(line -> line.startsWith("write_bytes: "))
                .mapToLong(line -> Long.parseLong(line.substring("write_bytes: ".length())))
                .sum());
      }
    }
    return written;
  }
}
