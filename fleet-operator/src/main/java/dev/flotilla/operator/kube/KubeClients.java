package dev.flotilla.operator.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import java.time.Duration;

/// Makes the client with which everything is read and written.
public final class KubeClients {

  /// A method of [dev.flotilla.operator.port.KubeApi] has 10 seconds, and some need two requests.
  static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

  /// The first delay of a watch that lost its connection; it doubles up to 32 times of this. With
  /// the library's default of a second, a watch may come back half a minute after the API server.
  private static final Duration WATCH_RETRY = Duration.ofMillis(100);

  private KubeClients() {}

  /// A client that makes one attempt for each request, whatever `base` says about retries: a
  /// repeated POST once met the 409 of its own first try.
  ///
  /// @param requests told how each of them ended
  public static KubernetesClient connect(Config base, KubeRequests requests) {
    var config =
        new ConfigBuilder(base)
            .withRequestRetryBackoffLimit(0)
            .withRequestTimeout((int) REQUEST_LIMIT.toMillis())
            .withConnectionTimeout((int) CONNECT_LIMIT.toMillis())
            .withWatchReconnectInterval((int) WATCH_RETRY.toMillis())
            .withUserAgent("flotilla-operator")
            .build();
    var http = HttpClientUtils.getHttpClientFactory().newBuilder(config).build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new CountedClient(http, requests).factory())
        .build();
  }
}
