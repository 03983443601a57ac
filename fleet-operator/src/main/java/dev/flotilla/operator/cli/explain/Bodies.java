package dev.flotilla.operator.cli.explain;

import dev.flotilla.crds.condition.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/// The uid of what a member is made of now: a person who gives it up names just that.
///
/// Source: D4 in docs/requirements.md
interface Bodies {

  /// What a way out calls it.
  String PLACE = "body";

  /// Nobody can be asked.
  Bodies UNKNOWN = (namespace, member) -> "";

  /// @return the uid of its pod, of its volume claim if it has no pod; empty if that cannot be read
  String uid(String namespace, String member);

  /// Whether a way out of a reason names one.
  static boolean areNamedBy(Reason reason) {
    return reason.waysOut().stream().anyMatch(way -> way.command().contains("{" + PLACE + "}"));
  }

  /// As the API server has them. Whoever explains need not have the right to read pods.
  static Bodies of(KubernetesClient kube) {
    return (namespace, member) -> {
      try {
        return Optional.<HasMetadata>ofNullable(
                kube.pods().inNamespace(namespace).withName(member).get())
            .or(() ->
                Optional.ofNullable(
                    kube.persistentVolumeClaims()
                        .inNamespace(namespace)
                        .withName("data-" + member)
                        .get()))
            .map(body -> body.getMetadata().getUid())
            .orElse("");
      } catch (KubernetesClientException e) {
        return "";
      }
    };
  }
}
