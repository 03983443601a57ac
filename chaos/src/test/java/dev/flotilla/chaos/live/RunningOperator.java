package dev.flotilla.chaos.live;

import dev.flotilla.operator.app.OperatorProcess;
import dev.flotilla.operator.app.OperatorProcess.Outside;
import dev.flotilla.operator.app.Settings;
import dev.flotilla.operator.port.EnginePort;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

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
    var account = "system:serviceaccount:%s:operator".formatted(NAMESPACE);
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(detour.url())
            .withHttp2Disable(true)
            .withImpersonateUsername(account)
            .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
            .build();
    var settings = new Settings(NAMESPACE, "operator", 0);
    return new RunningOperator(OperatorProcess.start(settings, new Outside(config, engine)));
  }

  /// What its kubelet would be told: `ok`, or why it is not ready.
  String readiness() {
    return get("/readyz").strip();
  }

  /// Whether it failed on a cluster by a fault of its own.
  boolean hasFailed() {
    return get("/metrics").contains("outcome=\"failed\"");
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
