package dev.flotilla.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.operator.cli.call.HomeCluster;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.output.Console;
import dev.flotilla.operator.cli.output.Terminal;
import dev.flotilla.operator.document.Schemas;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Runs commands as a process would, and keeps what they print.
public final class CommandRun {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Supplier<Config> cluster;
  private final Terminal terminal;
  private final Charset charset;

  /// Through a pipe that shows everything.
  public CommandRun(Supplier<Config> cluster) {
    this(cluster, new Terminal(false, false, true, 120));
  }

  public CommandRun(Supplier<Config> cluster, Terminal terminal) {
    this(
        cluster, terminal, terminal.unicode() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII);
  }

  /// On a terminal that shows what it shows, with streams that let everything through.
  public CommandRun(Supplier<Config> cluster, Terminal terminal, Charset charset) {
    this.cluster = cluster;
    this.terminal = terminal;
    this.charset = charset;
  }

  /// Runs one command; what the one before printed is forgotten.
  ///
  /// @return its exit code
  public int run(String... arguments) {
    out.reset();
    err.reset();
    var console =
        new Console(
            new PrintStream(out, true, charset),
            new PrintStream(err, true, charset),
            terminal,
            terminal);
    var home =
        new HomeCluster() {
          @Override
          public Optional<Condition> condition() {
            return Optional.empty();
          }

          @Override
          public Optional<Config> config() {
            return Optional.of(cluster.get());
          }
        };
    int exit =
        Flotilla.commandLine(new Surroundings("flotilla", console, home, InstantSource.system()))
            .execute(arguments);
    Thread.interrupted(); // what interrupted a process is over with it
    return exit;
  }

  /// Standard output of the last run.
  public String out() {
    return out.toString(charset);
  }

  /// Standard output of the last run, which is one document that fits its schema.
  public JsonNode json() {
    try {
      var document = new ObjectMapper().readTree(out.toByteArray());
      assertThat(Schemas.objections(document)).isEmpty();
      return document;
    } catch (IOException e) {
      throw new UncheckedIOException("not a document alone: " + out(), e);
    }
  }

  /// Standard error of the last run.
  public String err() {
    return err.toString(charset);
  }
}
