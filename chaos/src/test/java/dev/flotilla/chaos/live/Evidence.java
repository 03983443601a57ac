package dev.flotilla.chaos.live;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// Writes down how the tenants of a [RealWorld] stand when a test of theirs fails.
final class Evidence
    implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {

  private static final int LOG_LINES = 60;

  /// A test that has such tenants.
  interface Witness {
    List<RealTenant> tenants();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    write(context);
    throw failure;
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    write(context);
    throw failure;
  }

  private static void write(ExtensionContext context) {
    var file = Path.of("target", "live-" + context.getDisplayName().replaceAll("\\W", "") + ".log");
    var lines =
        context.getTestInstance().stream()
            .map(Witness.class::cast)
            .flatMap(witness -> witness.tenants().stream())
            .flatMap(Evidence::lines)
            .toList();
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(RealTenant tenant) {
    var client = tenant.client();
    return Stream.of(
            Stream.of(new Picture(client, tenant.ref()).text()),
            tenant.conditions().stream()
                .map(it -> it.type() + " " + it.status() + " " + it.reason() + ": " + it.message()),
            events(client, tenant.ref().namespace()),
            tenant.pods().stream().flatMap(pod -> log(client, pod)))
        .flatMap(lines -> lines);
  }

  private static Stream<String> events(KubernetesClient client, String namespace) {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .map((Event event) ->
            "%s %s %s: %s"
                .formatted(
                    event.getLastTimestamp(),
                    event.getInvolvedObject().getName(),
                    event.getReason(),
                    event.getMessage()));
  }

  private static Stream<String> log(KubernetesClient client, Pod pod) {
    var name = pod.getMetadata().getName();
    var title = "--- %s: %s".formatted(name, pod.getStatus().getPhase());
    try {
      var text =
          client
              .pods()
              .inNamespace(pod.getMetadata().getNamespace())
              .withName(name)
              .tailingLines(LOG_LINES)
              .getLog();
      return Stream.concat(Stream.of(title), text.lines());
    } catch (KubernetesClientException e) {
      return Stream.of(title, "no log: " + e.getMessage());
    }
  }
}
