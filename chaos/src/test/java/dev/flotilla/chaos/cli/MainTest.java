package dev.flotilla.chaos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.LabFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir Path folder;

  @Test
  @Tag("UX-1")
  void aFailurePrintsTheEndOfItsLogOneRemedyAndEndsWithThree() throws IOException {
    Path log = folder.resolve("etcd.log");
    Files.write(log, Collections.nCopies(100, "earlier"));
    Files.writeString(log, Files.readString(log) + "no space left on device\n");
    var out = new ByteArrayOutputStream();

    int code =
        Main.refuse(
            new LabFailure("etcd has ended", "free some space", log),
            new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(code).isEqualTo(3);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSizeLessThan(25)
        .endsWith(
            "  | no space left on device",
            "error: etcd has ended",
            " log  " + log,
            " fix  free some space");
  }

  @Test
  void wrongUsageEndsWithTwo() {
    assertThat(Main.commandLine(Main.surroundings()).setErr(nowhere()).execute("up", "--zone", "a"))
        .isEqualTo(2);
  }

  @Test
  void argumentsAfterKubectlAreKubectlsOwn() {
    var parsed =
        Main.commandLine(Main.surroundings())
            .parseArgs("kubectl", "get", "pods", "-A", "-o", "wide", "--help");

    assertThat(parsed.subcommand().matchedPositional(0).stringValues())
        .containsExactly("get", "pods", "-A", "-o", "wide", "--help");
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(Writer.nullWriter());
  }
}
