package dev.flotilla.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.operator.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A cluster comes and goes without a trace; one of its own, beside any that runs.
@Tag("cluster")
class LabDownTest {

  private static final LabSpec SPEC = new LabSpec(15, List.of("x"), 2);

  @Test
  void downLeavesNothingBehindNotEvenOfAFrozenNodeWithAVolume() throws IOException {
    Path state = Files.createTempDirectory("lab");
    Places machine = Places.ofThisMachine(System.getenv());
    Clusters clusters =
        new Clusters(new Places(machine.home(), machine.cache(), state), System.getenv());
    Machine before = Machine.now("flotilla-15");
    try (Progress progress = Progress.on(System.err, Terminal.none())) {
      try {
        Lab lab = clusters.up(SPEC, progress);
        Scene scene = new Scene(lab, "down");
        scene.claim("data", "zonal");
        scene.pod("holder", Map.of(), "echo x > /data/file; sleep 600");
        scene.await("holder", pod -> "Running".equals(pod.getStatus().getPhase()));
        scene.client().close();
        lab.freeze("node-x-2");
        assertThat(Machine.now("flotilla-15")).isNotEqualTo(before);
      } finally {
        clusters.down(progress);
      }
    }

    assertThat(Machine.now("flotilla-15")).isEqualTo(before);
    assertThat(Machine.processesIn("flotilla-15")).isEmpty();
    assertThat(state.resolve("lab/15")).doesNotExist();
  }

  @Test
  void aClusterThatWasHalfStartedIsStartedAfresh() throws IOException {
    Path state = Files.createTempDirectory("lab");
    Places machine = Places.ofThisMachine(System.getenv());
    Places places = new Places(machine.home(), machine.cache(), state);
    Clusters clusters = new Clusters(places, System.getenv());
    // What an `up` leaves that lost its power while etcd wrote: an unreadable database.
    Files.createDirectories(places.cluster(15).resolve("etcd/member/snap"));
    Files.writeString(places.cluster(15).resolve("etcd/member/snap/db"), "not a database");
    try (Progress progress = Progress.on(System.err, Terminal.none())) {
      try {
        Lab lab = clusters.up(SPEC, progress);
        assertThat(Condition.of(lab).exitCode()).isZero();
      } finally {
        clusters.down(progress);
      }
    }
  }
}
