package dev.flotilla.operator.kube.read;

import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.PodView.Phase;
import dev.flotilla.operator.core.view.PodView.Trouble;
import dev.flotilla.operator.core.view.PodView.Trouble.Kind;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.kube.render.Pods;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A member's pod as a [PodView].
public final class PodReader {

  private static final int MAX_DETAIL = 512;

  /// Waiting reasons of a container whose image cannot be had.
  private static final Set<String> IMAGE =
      Set.of(
          "ErrImagePull",
          "ErrImageNeverPull",
          "ImagePullBackOff",
          "ImageInspectError",
          "InvalidImageName",
          "RegistryUnavailable");

  /// Waiting reasons of a container that does not start or does not stay.
  private static final Set<String> CRASHING =
      Set.of(
          "CrashLoopBackOff",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "StartError");

  private PodReader() {}

  public static PodView read(Pod pod) {
    var meta = pod.getMetadata();
    var status = Optional.ofNullable(pod.getStatus());
    return new PodView(
        meta.getUid(),
        meta.getResourceVersion(),
        Optional.ofNullable(meta.getCreationTimestamp()).map(Instant::parse).orElse(Instant.EPOCH),
        phase(status),
        status.flatMap(found -> condition(found, "Ready")).filter(PodReader::isTrue).isPresent(),
        status.filter(PodReader::isEngineRunning).isPresent(),
        meta.getDeletionTimestamp() != null,
        Optional.ofNullable(pod.getSpec()).map(spec -> spec.getNodeName()),
        status.map(PodStatus::getPodIP),
        Refs.label(meta, Labels.REVISION).orElse(""),
        Refs.annotation(meta, Labels.SEEN_SEEDS),
        status.flatMap(PodReader::trouble));
  }

  private static boolean isEngineRunning(PodStatus status) {
    return Refs.list(status.getContainerStatuses()).stream()
        .filter(container -> Pods.ENGINE.equals(container.getName()))
        .anyMatch(
            container -> container.getState() != null && container.getState().getRunning() != null);
  }

  private static Phase phase(Optional<PodStatus> status) {
    return switch (status.map(PodStatus::getPhase).orElse("Pending")) {
      case "Pending" -> Phase.PENDING;
      case "Running" -> Phase.RUNNING;
      case "Succeeded" -> Phase.SUCCEEDED;
      case "Failed" -> Phase.FAILED;
      default -> Phase.UNKNOWN;
    };
  }

  private static Optional<Trouble> trouble(PodStatus status) {
    return condition(status, "PodScheduled")
        .filter(condition ->
            "False".equals(condition.getStatus()) && "Unschedulable".equals(condition.getReason()))
        .map(condition -> unscheduled(text(condition.getMessage())))
        .or(() ->
            Stream.of(
                    Refs.list(status.getInitContainerStatuses()),
                    Refs.list(status.getContainerStatuses()))
                .flatMap(List::stream)
                .flatMap(container -> trouble(container).stream())
                .findFirst());
  }

  /// Kubernetes has one reason for all of it and says the difference in words: `0/6 nodes are
  /// available: 2 Insufficient memory, …`.
  private static Trouble unscheduled(String words) {
    boolean full = words.contains("Insufficient ") || words.contains("Too many pods");
    return trouble(full ? Kind.NO_ROOM : Kind.UNSCHEDULABLE, words);
  }

  private static Optional<Trouble> trouble(ContainerStatus container) {
    return Optional.ofNullable(container.getState())
        .map(ContainerState::getWaiting)
        .flatMap(waiting -> trouble(container, waiting));
  }

  private static Optional<Trouble> trouble(
      ContainerStatus container, ContainerStateWaiting waiting) {
    var reason = text(waiting.getReason());
    var detail =
        "container %s: %s: %s".formatted(container.getName(), reason, text(waiting.getMessage()));
    if (IMAGE.contains(reason)) {
      return Optional.of(trouble(Kind.IMAGE, detail));
    }
    return CRASHING.contains(reason)
        ? Optional.of(trouble(Kind.CRASHING, detail + lastEnd(container)))
        : Optional.empty();
  }

  private static String lastEnd(ContainerStatus container) {
    return Optional.ofNullable(container.getLastState())
        .map(ContainerState::getTerminated)
        .map(PodReader::words)
        .orElse("");
  }

  private static String words(ContainerStateTerminated end) {
    return "; it last ended with code %d (%s)".formatted(end.getExitCode(), text(end.getReason()));
  }

  private static Trouble trouble(Kind kind, String detail) {
    return new Trouble(
        kind, detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL - 1) + "…" : detail);
  }

  private static Optional<PodCondition> condition(PodStatus status, String type) {
    return Refs.list(status.getConditions()).stream()
        .filter(condition -> type.equals(condition.getType()))
        .findFirst();
  }

  private static boolean isTrue(PodCondition condition) {
    return "True".equals(condition.getStatus());
  }

  private static String text(String text) {
    return Optional.ofNullable(text).orElse("no words");
  }
}
