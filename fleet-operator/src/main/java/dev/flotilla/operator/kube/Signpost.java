package dev.flotilla.operator.kube;

import dev.flotilla.operator.kube.render.Labels;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Optional;

/// The way to the operator that acts: the label of its pod, which the Service `operator` selects,
/// and the ConfigMap `operator-api`, which says how it can be asked. Who may read that may ask.
///
/// Source: docs/adr/0015-plan-is-asked-of-the-operator.md
public final class Signpost {

  private static final String NAME = "operator-api";

  /// The key of the certificate that the operator shows, as PEM.
  private static final String CERTIFICATE = "certificate";

  /// The key of the word that has to be said.
  private static final String WORD = "word";

  private final KubernetesClient client;
  private final String namespace;
  private final String instance;

  /// @param namespace the operator's own
  /// @param instance name of the operator's pod
  public Signpost(KubernetesClient client, String namespace, String instance) {
    this.client = client;
    this.namespace = namespace;
    this.instance = instance;
  }

  /// Puts it up, in one attempt.
  ///
  /// @return why it could not be put up; empty if it was
  public Optional<String> put(String certificate, String word) {
    var map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(NAME)
            .withLabels(Labels.ours())
            .endMetadata()
            .withData(Map.of(CERTIFICATE, certificate, WORD, word))
            .build();
    try {
      client.resource(map).patch(ApiServer.APPLY);
      point();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(Faults.message(e));
    }
  }

  /// Takes the label from all others first: it is of no use on two.
  private void point() {
    var pods =
        client.pods().inNamespace(namespace).withLabels(Labels.operators()).list().getItems();
    pods.stream().filter(pod -> !isOwn(pod) && isLabelled(pod)).forEach(pod -> label(pod, "null"));
    pods.stream()
        .filter(pod -> isOwn(pod) && !isLabelled(pod))
        .forEach(pod -> label(pod, "\"true\""));
  }

  private boolean isOwn(Pod pod) {
    return pod.getMetadata().getName().equals(instance);
  }

  private static boolean isLabelled(Pod pod) {
    return pod.getMetadata().getLabels().containsKey(Labels.ACTING);
  }

  private void label(Pod pod, String value) {
    var patch = "{\"metadata\":{\"labels\":{\"%s\":%s}}}".formatted(Labels.ACTING, value);
    client.resource(pod).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }
}
