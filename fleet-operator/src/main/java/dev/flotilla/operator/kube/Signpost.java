package dev.flotilla.operator.kube;

import dev.flotilla.operator.kube.render.Labels;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;

/// The ConfigMap `operator-api` in the operator's namespace: how the acting operator can be asked.
/// Who may read it may ask.
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

  /// @param namespace the operator's own
  public Signpost(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
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
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(Faults.message(e));
    }
  }
}
