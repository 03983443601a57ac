package dev.flotilla.chaos.lab.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.cli.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final HandClock clock = new HandClock();

  @Test
  void throughAPipeEachChangeOfStateIsOneLineWithTheElapsedTime() {
    try (Progress progress = new LineProgress(out, clock)) {
      Progress.Phase phase = progress.begin("control plane");
      phase.detail("etcd");
      phase.detail("etcd");
      clock.forward(Duration.ofMillis(7900));
      phase.done("Kubernetes 1.34.4, \"ready\"");
    }

    assertThat(text())
        .isEqualTo(
            """
            2026-01-01T00:00:00Z phase="control plane" state=started
            2026-01-01T00:00:00Z phase="control plane" state=running elapsed=0.0s doing=etcd
            2026-01-01T00:00:07Z phase="control plane" state=done elapsed=7.9s \
            summary="Kubernetes 1.34.4, \\"ready\\""
            """);
  }

  @Test
  void throughAPipeACountIsToldEveryTenPercentOrThirtySeconds() {
    Progress.Phase phase = new LineProgress(out, clock).begin("programs");

    for (int done = 1; done <= 1000; done++) {
      phase.count(done, 1000, "packages");
    }
    clock.forward(Duration.ofSeconds(29));
    phase.count(1000, 1000, "packages");
    clock.forward(Duration.ofSeconds(1));
    phase.count(1000, 1000, "packages");

    assertThat(text().lines().filter(line -> line.contains("done="))).hasSize(11);
  }

  @Test
  void throughAPipeNoByteMovesACursor() {
    try (Progress progress = Progress.on(out, Terminal.none())) {
      Progress.Phase phase = progress.begin("nodes");
      phase.detail("power on");
      phase.count(3, 6, "nodes");
      phase.failed("node-a-1 is not ready");
      progress.say("bye");
    }

    assertThat(bytes.toByteArray()).doesNotContain(0x1b).doesNotContain('\r');
  }

  @Test
  void onATerminalTheLastFrameOfAPhaseStays() {
    Terminal terminal = new Terminal(true, true, true, 100);
    try (Progress progress = new DrawnProgress(out, terminal, clock)) {
      Progress.Phase phase = progress.begin("programs");
      phase.count(1, 4, "packages");
      clock.forward(Duration.ofSeconds(62));
      phase.done("from the cache");
    }

    String last = text().substring(text().lastIndexOf('\r') + 1);
    assertThat(last).contains("✓", "programs", "1m02s", "from the cache").endsWith("\n");
    assertThat(text()).contains("\u001b[K");
  }

  @Test
  void aTerminalWithoutUnicodeGetsAsciiOnly() {
    try (Progress progress = new DrawnProgress(out, new Terminal(true, true, false, 80), clock)) {
      Progress.Phase phase = progress.begin("programs");
      phase.count(1, 4, "packages");
      phase.done("built");
    }

    assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(text())).isTrue();
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static final class HandClock implements InstantSource {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void forward(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
