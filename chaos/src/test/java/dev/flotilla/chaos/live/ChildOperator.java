package dev.flotilla.chaos.live;

import dev.flotilla.operator.app.OperatorProcess;
import dev.flotilla.operator.app.OperatorProcess.Outside;
import dev.flotilla.operator.app.Settings;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchEngine;
import dev.flotilla.operator.port.EnginePort;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// An operator in a process of its own, which can be stopped in the middle of whatever it does: all
/// its threads and with them every deadline.
///
/// It ends with the process that started it, also when that is killed: its standard input ends
/// then.
final class ChildOperator implements AutoCloseable {

  private static final long LAST_WORDS_SECONDS = 20;

  private final Process process;

  private ChildOperator(Process process) {
    this.process = process;
  }

  /// Starts it; it acts some seconds later. Its engine is the one behind fake pods.
  ///
  /// @param kubeconfig by which its engine sees the pods
  /// @param variables what it is told; ports of which nothing is said are free ones
  static ChildOperator start(
      Detour detour, Path kubeconfig, Map<String, String> variables, Path log) throws IOException {
    return start(List.of(detour.url(), kubeconfig.toString()), variables, log);
  }

  /// Starts one that has its store in memory and speaks with real Elasticsearch.
  static ChildOperator startOnElasticsearch(Detour detour, Path log) throws IOException {
    return startOnElasticsearch(detour, Map.of(), log);
  }

  /// The same.
  ///
  /// @param variables what it is told; ports of which nothing is said are free ones
  static ChildOperator startOnElasticsearch(Detour detour, Map<String, String> variables, Path log)
      throws IOException {
    return start(List.of(detour.url()), variables, log);
  }

  private static ChildOperator start(List<String> words, Map<String, String> variables, Path log)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                ChildOperator.class.getName()));
    command.addAll(words);
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().put("FLOTILLA_HTTP_PORT", "0");
    builder.environment().put("FLOTILLA_API_PORT", "0");
    builder.environment().putAll(variables);
    return new ChildOperator(builder.start());
  }

  /// From now on none of its threads runs.
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// Its threads go on, where they were.
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /// It ends without a word.
  void kill() {
    process.destroyForcibly();
  }

  private void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("no signal " + name + " reached it");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (process.isAlive()) {
        resume();
      }
      process.getOutputStream().close(); // its end is the operator's
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
  /// @param words the API server's address, and the configuration of whoever may do everything;
  ///   without the latter its engine is Elasticsearch
  public static void main(String[] words) throws IOException, InterruptedException {
    if (words.length == 1) {
      run(words[0], new ElasticsearchEngine(InstantSource.system()));
      return;
    }
    try (var client = clientOf(Path.of(words[1]))) {
      run(words[0], new PodsEngine(client));
    }
  }

  private static void run(String url, EnginePort engine) throws IOException, InterruptedException {
    try (var _ =
        OperatorProcess.start(
            Settings.of(System.getenv()), new Outside(RunningOperator.config(url), engine))) {
      while (System.in.read() >= 0) {
        // Nobody says anything; the end of the input is what is waited for.
      }
    }
  }

  private static KubernetesClient clientOf(Path kubeconfig) {
    var config = Config.fromKubeconfig(kubeconfig.toFile());
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
