package dev.flotilla.chaos.live;

import dev.flotilla.operator.app.OperatorProcess;
import dev.flotilla.operator.app.OperatorProcess.Outside;
import dev.flotilla.operator.app.Settings;
import dev.flotilla.operator.app.StoreChoice;
import dev.flotilla.operator.port.EnginePort;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The operator's process as it is, with no other rights than `install/` gives to its service
/// account. It reaches the API server by a detour, and a fake engine.
final class RunningOperator implements AutoCloseable {

  static final String NAMESPACE = "flotilla-system";

  private final OperatorProcess process;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningOperator(OperatorProcess process) {
    this.process = process;
  }

  /// Starts it; returns once passes run.
  static RunningOperator start(Detour detour, EnginePort engine) throws InterruptedException {
    return start(detour, engine, new StoreChoice.Memory());
  }

  /// Starts it on a store; returns once passes run, if it acts.
  static RunningOperator start(Detour detour, EnginePort engine, StoreChoice store)
      throws InterruptedException {
    var settings = new Settings(NAMESPACE, "operator", 0, 0, store);
    var outside = new Outside(config(detour.url()), engine);
    return new RunningOperator(OperatorProcess.start(settings, outside));
  }

  /// In which operators say who acts, and what must be known outside of the store.
  static Resource<ConfigMap> storeMap(KubernetesClient client) {
    return client.configMaps().inNamespace(NAMESPACE).withName("flotilla-store");
  }

  /// How the operator's service account reaches the API server by a detour.
  static Config config(String url) {
    var account = "system:serviceaccount:%s:operator".formatted(NAMESPACE);
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(url)
        .withHttp2Disable(true)
        .withImpersonateUsername(account)
        .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
        .build();
  }

  /// Whether it says that it acts.
  boolean acts() {
    return metrics().contains("flotilla_acting 1.0");
  }

  /// Where it can be asked over HTTPS.
  int apiPort() {
    return process.apiPort();
  }

  /// What its kubelet would be told: `ok`, or why it is not ready.
  String readiness() {
    return get("/readyz").strip();
  }

  /// Whether it failed on a cluster by a fault of its own.
  boolean hasFailed() {
    return metrics().contains("outcome=\"failed\"");
  }

  /// How many passes it has ended.
  long passes() {
    return (long)
        metric("flotilla_pass_duration_seconds_count")
            .mapToDouble(sample -> Double.parseDouble(sample.group("value")))
            .sum();
  }

  /// How many requests it has counted, by verb and resource, whatever became of them.
  Map<String, Integer> requests() {
    var requests = new TreeMap<String, Integer>();
    metric("flotilla_kube_requests_total")
        .forEach(sample -> {
          var labels = sample.group("labels");
          requests.merge(
              label(labels, "verb") + " " + label(labels, "resource"),
              (int) Double.parseDouble(sample.group("value")),
              Integer::sum);
        });
    return requests;
  }

  private Stream<MatchResult> metric(String name) {
    return Pattern.compile(name + "\\{(?<labels>[^}]*)} (?<value>\\S+)")
        .matcher(metrics())
        .results();
  }

  /// What it shows to whoever counts.
  String metrics() {
    return get("/metrics");
  }

  private static String label(String labels, String name) {
    var found = Pattern.compile(name + "=\"([^\"]*)\"").matcher(labels);
    return found.find() ? found.group(1) : "";
  }

  private String get(String path) {
    var uri = URI.create("http://127.0.0.1:%d%s".formatted(process.httpPort(), path));
    try {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.close();
    http.close();
  }
}
