package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.document.Documents;
import dev.flotilla.operator.document.VoterState;
import dev.flotilla.operator.kube.render.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Asks each operator's pod, by way of the API server, how its voter does.
///
/// @param namespace the operators' own
record VoterCalls(Session session, String namespace) {

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /// What a pod answered.
  sealed interface Call {
    /// The pod's name.
    String pod();

    /// The pod's zone.
    String zone();

    record Answered(String pod, String zone, VoterState state) implements Call {}

    /// @param why one clause
    record Silent(String pod, String zone, String why) implements Call {}
  }

  /// All at once, so that one that is gone delays nobody.
  ///
  /// @throws KubernetesClientException if the API server gives no answer, or the caller may not
  List<Call> ask() {
    var pods =
        session
            .kube()
            .pods()
            .inNamespace(namespace)
            .withLabels(Labels.operators())
            .list()
            .getItems();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = pods.stream().<Callable<Call>>map(pod -> () -> ask(pod)).toList();
      return threads.invokeAll(calls).stream().flatMap(VoterCalls::result).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", e);
    }
  }

  private static Stream<Call> result(Future<Call> call) {
    try {
      return Stream.of(call.get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KubernetesClientException refused
          ? refused
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Stream.empty();
    }
  }

  private Call ask(Pod pod) {
    var name = pod.getMetadata().getName();
    var zone = pod.getMetadata().getLabels().getOrDefault(Labels.ZONE, "");
    var path = "/api/v1/namespaces/%s/pods/%s:8080/proxy/voter".formatted(namespace, name);
    try {
      var reply = session.requests().get(path);
      if (reply.status() == FORBIDDEN || reply.status() == UNAUTHORIZED) {
        throw reply.refusal();
      }
      return reply.status() == OK
          ? new Call.Answered(name, zone, Documents.read(reply.body(), VoterState.class))
          : new Call.Silent(name, zone, reply.message());
    } catch (IllegalArgumentException e) {
      return new Call.Silent(name, zone, "it sends what this version does not read");
    } catch (KubernetesClientException e) {
      if (e.getCode() == FORBIDDEN || e.getCode() == UNAUTHORIZED) {
        throw e;
      }
      return new Call.Silent(name, zone, Objects.requireNonNullElse(e.getMessage(), "no answer"));
    }
  }
}
