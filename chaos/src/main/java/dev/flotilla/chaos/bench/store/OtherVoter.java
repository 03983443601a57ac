package dev.flotilla.chaos.bench.store;

import dev.flotilla.raft.ratis.VoterId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// A voter in a process of its own, which ends with its input. Each line that it reads asks it to
/// lead.
final class OtherVoter {

  private static final String STARTED = "started";

  private OtherVoter() {}

  static Process launch(BenchGroup group, VoterId self) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
    var logging = System.getProperty("logback.configurationFile", "");
    if (!logging.isEmpty()) {
      command.add("-Dlogback.configurationFile=" + logging);
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            OtherVoter.class.getName(),
            group.id().toString(),
            String.join(",", group.ports().stream().map(String::valueOf).toList()),
            group.directory().toString(),
            self.toString()));
    return new ProcessBuilder(command)
        .redirectError(
            ProcessBuilder.Redirect.appendTo(group.directory().resolve(self + ".log").toFile()))
        .start();
  }

  static void awaitStart(Process process) throws IOException {
    if (!STARTED.equals(process.inputReader().readLine())) {
      throw new IOException("a voter does not start");
    }
  }

  static void askToLead(Process process) {
    try {
      var out = process.outputWriter();
      out.write("\n");
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends it as a power cut would.
  static void kill(Process process) throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var out = System.out;
    System.setOut(System.err); // where logs go, too
    var ports = Arrays.stream(arguments[1].split(",")).map(Integer::valueOf).toList();
    var group = new BenchGroup(UUID.fromString(arguments[0]), ports, Path.of(arguments[2]));
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var voter = group.start(VoterId.of(arguments[3]))) {
      out.println(STARTED);
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        if (!voter.leads()) {
          try {
            voter.lead();
          } catch (IOException e) {
            // it is asked again
          }
        }
      }
    }
  }
}
