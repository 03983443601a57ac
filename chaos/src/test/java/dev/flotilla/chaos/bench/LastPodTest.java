package dev.flotilla.chaos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The comparison runs with a handful of databases, without a round that counts: it shows that
/// every contender gets its pods, not how fast.
///
/// Takes about a minute: five namespaces are filled and emptied, one after the other.
@Tag("control-plane")
class LastPodTest {

  @Test
  void everyContenderGetsItsPods() {
    var bytes = new ByteArrayOutputStream();
    var bench = new LastPod(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    int exit = new CommandLine(bench).execute("--tenants=4", "--rounds=0");

    var text = bytes.toString(StandardCharsets.UTF_8);
    assertThat(exit).as(text).isZero();
    assertThat(text.lines().filter(line -> line.startsWith("0 ")).map(line -> line.split(" ")[1]))
        .containsExactly("flotilla", "statefulset", "statefulset-whole", "loop", "loop-whole");
  }
}
