package dev.flotilla.chaos.demo;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What somebody wants to read after a phase has failed, in one file: the operator's log, the log
/// of members that are not ready, events, and at the end how the database stands.
final class Evidence {

  private static final int OPERATOR_LINES = 400;
  private static final int MEMBER_LINES = 60;

  private final Stage stage;
  private final OperatorInstall install;

  Evidence(Stage stage, OperatorInstall install) {
    this.stage = stage;
    this.install = install;
  }

  /// Writes the file, with as much as can still be had.
  Path write() {
    List<String> lines = new ArrayList<>();
    Stream.<Supplier<Stream<String>>>of(
            this::operatorLog, this::memberLogs, this::events, this::pods, this::conditions)
        .forEach(part -> append(lines, part));
    Path file = stage.lab().logs().resolve("demo.log");
    try {
      return Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(List<String> lines, Supplier<Stream<String>> part) {
    try {
      part.get().forEach(lines::add);
    } catch (KubernetesClientException e) {
      lines.add("cannot be read: " + e.getMessage());
    }
  }

  private Stream<String> operatorLog() {
    return install.pods().stream().flatMap(pod -> log(pod, OPERATOR_LINES));
  }

  private Stream<String> memberLogs() {
    return stage.tenant().pods().list().getItems().stream()
        .filter(pod -> !Readiness.getInstance().isReady(pod))
        .flatMap(pod -> log(pod, MEMBER_LINES));
  }

  private Stream<String> log(Pod pod, int count) {
    String name = pod.getMetadata().getName();
    try {
      return Stream.concat(
          Stream.of("--- log of " + name),
          stage
              .client()
              .pods()
              .inNamespace(pod.getMetadata().getNamespace())
              .withName(name)
              .tailingLines(count)
              .getLog()
              .lines());
    } catch (KubernetesClientException e) {
      return Stream.of("--- log of " + name + " cannot be read: " + e.getMessage());
    }
  }

  private Stream<String> events() {
    return stage
        .client()
        .v1()
        .events()
        .inNamespace(stage.tenant().namespace())
        .list()
        .getItems()
        .stream()
        .map(Evidence::line);
  }

  private static String line(Event event) {
    return "event %s %s/%s %s: %s"
        .formatted(
            event.getType(),
            event.getInvolvedObject().getKind(),
            event.getInvolvedObject().getName(),
            event.getReason(),
            event.getMessage());
  }

  private Stream<String> pods() {
    return stage.tenant().pods().list().getItems().stream()
        .map(pod ->
            "pod %s on %s %s, %s"
                .formatted(
                    pod.getMetadata().getName(),
                    pod.getSpec().getNodeName(),
                    pod.getStatus().getPhase(),
                    Readiness.getInstance().isReady(pod) ? "ready" : "not ready"));
  }

  private Stream<String> conditions() {
    return Optional.ofNullable(stage.tenant().resource().get())
        .map(DatabaseCluster::getStatus)
        .stream()
        .flatMap(status -> status.conditions().stream())
        .map(condition ->
            "condition %s=%s %s: %s"
                .formatted(
                    condition.type(), condition.status(), condition.reason(), condition.message()));
  }
}
