package dev.flotilla.chaos.bench;

import dev.flotilla.chaos.lab.Lab;
import dev.flotilla.operator.app.OperatorProcess;
import dev.flotilla.operator.app.OperatorProcess.Outside;
import dev.flotilla.operator.app.Settings;
import dev.flotilla.operator.app.StoreChoice;
import dev.flotilla.operator.port.EnginePort;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The operator's process as its image starts it, with the rights and the memory that `install/`
/// gives it; only the engine behind its engine port is played.
///
/// It ends with the process that started it, also when that is killed: its standard input ends
/// then.
final class BenchedOperator implements AutoCloseable {

  private static final String NAMESPACE = "flotilla-system";
  private static final String ACCOUNT = "operator";
  private static final long LAST_WORDS_SECONDS = 20;

  /// What the image and the Deployment say: half of 512 MiB.
  static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError", "-Xmx256m");

  private final Process process;
  private final Writer input;

  private BenchedOperator(Process process) {
    this.process = process;
    input = process.outputWriter(StandardCharsets.UTF_8);
  }

  /// Starts it; it acts some seconds later.
  ///
  /// @param scripts the folder of the lab's scripts
  /// @param options more options for its Java, such as those of a profiler
  static BenchedOperator start(Lab lab, KubernetesClient client, Path scripts, List<String> options)
      throws IOException {
    var java = new ArrayList<>(FLAGS);
    java.addAll(options);
    var command =
        command(BenchedOperator.class, java, System.getProperty("java.class.path"), lab, scripts);
    var log = lab.logs().resolve("operator.log").toFile();
    var operator =
        new BenchedOperator(
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start());
    operator.input.write(token(client) + "\n");
    operator.input.flush();
    return operator;
  }

  /// The command that starts a program as the operator is started. It finds its account's token in
  /// its input, the API server's address and the file of its authority in its arguments.
  static List<String> command(
      Class<?> program, List<String> java, String classPath, Lab lab, Path scripts) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(java);
    command.add("-Dlogback.configurationFile=" + scripts.resolve("config/logback.xml"));
    command.addAll(List.of("-cp", classPath, program.getName()));
    command.add(Config.fromKubeconfig(lab.kubeconfig().toFile()).getMasterUrl());
    command.add(lab.folder().resolve("pki/ca.crt").toString());
    return command;
  }

  static String token(KubernetesClient client) {
    var request = client.serviceAccounts().inNamespace(NAMESPACE).withName(ACCOUNT).tokenRequest();
    return request.getStatus().getToken();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    try (input) {
      // Its end is the operator's.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      if (!process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// The operator's own process.
  ///
  /// @param words the API server's address, the file of its authority
  public static void main(String[] words) throws IOException, InterruptedException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    run(config(words, input.readLine()), new PlayedEngine(), input);
  }

  /// How whoever was started by [#command] reaches the API server.
  static Config config(String[] words, String token) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(words[0])
        .withCaCertFile(words[1])
        .withOauthToken(token)
        .build();
  }

  /// Is the operator until the input ends.
  static void run(Config config, EnginePort engine, BufferedReader input)
      throws IOException, InterruptedException {
    var settings = new Settings(NAMESPACE, ACCOUNT, 0, 0, new StoreChoice.Memory());
    try (var _ = OperatorProcess.start(settings, new Outside(config, engine))) {
      while (input.readLine() != null) {
        // Nobody says anything more; the end of the input is what is waited for.
      }
    }
  }
}
