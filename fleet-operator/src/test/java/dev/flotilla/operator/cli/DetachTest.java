package dev.flotilla.operator.cli;

import static dev.flotilla.operator.cli.PlayedOperations.MEMBER;
import static dev.flotilla.operator.cli.PlayedOperations.PLACE;
import static dev.flotilla.operator.cli.PlayedOperations.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ctrl-C while a command looks on, in a process of its own.
class DetachTest {

  private static final long SECONDS = 60;

  private final PlayedApiServer server = new PlayedApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Tag("processes")
  @Tag("UX-11")
  @ParameterizedTest
  @CsvSource({
    "drain shop/search MEMBER --wait, 0",
    "cancel shop/drain-search-7f3k2 --wait, 1",
  })
  void ctrlCEndsTheLookingOnAndNothingElse(String typed, int writes) throws Exception {
    PlayedOperations.under(server, told("Draining", "", "Draining"));
    var looking = new CountDownLatch(1);
    server.watched(
        PLACE,
        () -> {
          looking.countDown();
          return Stream.of();
        });
    var words = typed.replace("MEMBER", MEMBER);
    var process = start(words);
    try {
      assertThat(looking.await(SECONDS, TimeUnit.SECONDS)).isTrue();
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();

      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
      assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("shop/drain-search-7f3k2 goes on")
          .contains(" again  flotilla " + words)
          .contains(" undo   flotilla cancel shop/drain-search-7f3k2");
    } finally {
      process.destroyForcibly();
    }
    assertThat(server.requests().stream().filter(request -> !request.startsWith("GET")))
        .hasSize(writes);
  }

  /// Whoever starts the tests in the background may have had signals ignored.
  private Process start(String words) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CommandProcess.class.getName(),
                server.config().getMasterUrl()));
    command.addAll(List.of(words.split(" ")));
    return new ProcessBuilder(command).start();
  }
}
