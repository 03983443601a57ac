package dev.flotilla.chaos.lab;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/// Says of databases that they are meant when they are deleted, without which nobody can.
///
/// Source: D3 in docs/requirements.md.
public final class ConfirmedDeletion {

  private ConfirmedDeletion() {}

  /// Confirms every database in a namespace: it can be deleted then, and so can the namespace.
  public static void confirm(KubernetesClient client, String namespace) {
    client
        .genericKubernetesResources("flotilla.dev/v1alpha1", "DatabaseCluster")
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(database -> confirm(client, database));
  }

  private static void confirm(KubernetesClient client, GenericKubernetesResource database) {
    client.resource(database).patch(PatchContext.of(PatchType.JSON_MERGE), annotation(database));
  }

  /// What is to be merged into an object so that it can be deleted.
  public static String annotation(HasMetadata object) {
    var meta = object.getMetadata();
    return "{\"metadata\":{\"annotations\":{\"flotilla.dev/confirm-delete\":\"%s/%s\"}}}"
        .formatted(meta.getName(), meta.getUid());
  }
}
