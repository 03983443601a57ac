package dev.flotilla.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.operator.kube.PlayedServer.Answer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Each request is counted once, whatever becomes of it.
class CountedClientTest {

  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final BlockingQueue<String> counted = new LinkedBlockingQueue<>();

  @Test
  void anAnswerCountsWithItsCode() throws IOException {
    var pod = new Answer(200, new KubernetesSerialization().asJson(pod()));
    try (var server = new PlayedServer(pod)) {
      with(server, client -> client.pods().inNamespace("shop").withName("web").get());
    }
    assertCounted("get pods 200");
  }

  @Test
  void aRefusalCountsWithItsCode() throws IOException {
    try (var server = new PlayedServer(PlayedServer.status(409, "AlreadyExists", "{}"))) {
      fails(server, client -> client.resource(pod()).create());
    }
    assertCounted("create pods 409");
  }

  @Test
  void aConnectionThatBreaksIsAnError() throws IOException {
    try (var server = new PlayedServer(PlayedServer.HANG_UP)) {
      fails(server, client -> client.resource(pod()).create());
    }
    assertCounted("create pods error");
  }

  @Test
  void aServerThatIsNotThereIsAnError() throws IOException {
    var server = new PlayedServer();
    server.close();
    fails(server, client -> client.pods().inNamespace("shop").list());
    assertCounted("list pods error");
  }

  @Test
  void aServerThatNeverAnswersIsAnError() throws IOException {
    try (var server = new PlayedServer()) {
      fails(
          server,
          client ->
              client
                  .adapt(NamespacedKubernetesClient.class)
                  .withRequestConfig(
                      new RequestConfigBuilder()
                          .withRequestTimeout(200)
                          .withRequestRetryBackoffLimit(0)
                          .build())
                  .call(quick -> quick.pods().inNamespace("shop").list()));
    }
    assertCounted("list pods error");
  }

  @Test
  void aWatchThatIsRefusedCountsOnce() throws IOException {
    try (var server = new PlayedServer(PlayedServer.status(403, "Forbidden", "{}"))) {
      fails(server, client -> client.pods().inNamespace("shop").watch(new Deaf()));
      assertThat(server.requests).hasSize(1);
    }
    assertCounted("watch pods 403");
  }

  /// A server that knows no web sockets is asked again in the plain way.
  @Test
  void aWatchWithoutWebSocketCountsAsTheTwoRequestsThatItIs() throws IOException {
    try (var server = new PlayedServer(new Answer(200, ""), new Answer(200, ""))) {
      with(
          server,
          client -> {
            try (var watch = client.pods().inNamespace("shop").watch(new Deaf())) {
              assertThat(watch).isNotNull();
              assertThat(List.of(next(), next())).containsOnly("watch pods 200");
            }
          });
    }
  }

  private void assertCounted(String expected) {
    assertThat(next()).isEqualTo(expected);
    assertThat(counted).isEmpty();
  }

  private String next() {
    try {
      return Optional.ofNullable(counted.poll(10, TimeUnit.SECONDS)).orElse("nothing");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void with(PlayedServer server, Consumer<KubernetesClient> call) {
    try (var client =
        KubeClients.connect(
            server.config(LIMIT),
            (verb, resource, code) -> counted.add(String.join(" ", verb, resource, code)))) {
      call.accept(client);
    }
  }

  private void fails(PlayedServer server, Consumer<KubernetesClient> call) {
    assertThatThrownBy(() -> with(server, call)).isInstanceOf(KubernetesClientException.class);
  }

  private static Pod pod() {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("web")
        .endMetadata()
        .build();
  }

  /// Only the beginning of a watch is of interest.
  private static final class Deaf implements Watcher<Pod> {
    @Override
    public void eventReceived(Action action, Pod pod) {}

    @Override
    public void onClose(WatcherException cause) {}
  }
}
