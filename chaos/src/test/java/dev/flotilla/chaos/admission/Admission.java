package dev.flotilla.chaos.admission;

import dev.flotilla.chaos.lab.ControlPlane;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.operator.cli.output.Terminal;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A real API server that has our custom resources, and nobody who acts on them.
final class Admission implements AutoCloseable {

  private final ControlPlane plane;
  final KubernetesClient client;

  private Admission(ControlPlane plane) {
    this.plane = plane;
    client = plane.lab().client();
  }

  static Admission start() {
    var places = Places.ofThisMachine(System.getenv());
    var progress = Progress.on(System.err, Terminal.none());
    var admission = new Admission(ControlPlane.start(places, System.getenv(), progress));
    CustomResources.install(admission.client);
    return admission;
  }

  Path kubeconfig() {
    return plane.lab().kubeconfig();
  }

  /// The name of a new namespace.
  String namespace() {
    return client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName("admission-")
                .endMetadata()
                .build())
        .create()
        .getMetadata()
        .getName();
  }

  /// As `kubectl apply` does: refuses unknown fields, creates what is not there, changes what is.
  void store(String namespace, GenericKubernetesResource document) {
    var resource =
        client
            .genericKubernetesResources(document.getApiVersion(), document.getKind())
            .inNamespace(namespace)
            .resource(document)
            .fieldValidation(Validation.STRICT);
    if (isStored(namespace, document)) {
      resource.update(); // an attempt to create it would meet other rules
    } else {
      resource.create();
    }
  }

  private boolean isStored(String namespace, GenericKubernetesResource document) {
    return stored(namespace).stream()
        .anyMatch(it ->
            it.getKind().equals(document.getKind())
                && it.getMetadata().getName().equals(document.getMetadata().getName()));
  }

  /// Every resource of ours in a namespace, and those that are in none.
  List<GenericKubernetesResource> stored(String namespace) {
    return Stream.of("DatabaseCluster", "DatabasePool", "FleetPolicy", "DatabaseOperation")
        .flatMap(kind ->
            client
                .genericKubernetesResources("flotilla.dev/v1alpha1", kind)
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream())
        .toList();
  }

  @Override
  public void close() {
    client.close();
    plane.close();
  }
}
