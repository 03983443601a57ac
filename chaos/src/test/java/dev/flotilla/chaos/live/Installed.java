package dev.flotilla.chaos.live;

import dev.flotilla.chaos.admission.CustomResources;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What the manifests in `install/` say.
final class Installed {

  private static final Path INSTALL = Path.of("..", "install");

  private Installed() {}

  /// Everything but the operator itself: its namespace, its rights and the custom resources.
  static void prepare(KubernetesClient client) {
    CustomResources.install(client);
    objects(client).stream()
        .filter(object -> !(object instanceof CustomResourceDefinition))
        .filter(object -> !(object instanceof Deployment))
        .forEach(object -> client.resource(object).forceConflicts().serverSideApply());
  }

  static Deployment operator(KubernetesClient client) {
    return objects(client).stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /// The pod that its Deployment would make.
  static Pod operatorsPod(KubernetesClient client) {
    var template = operator(client).getSpec().getTemplate();
    return new PodBuilder()
        .withMetadata(template.getMetadata())
        .editMetadata()
        .withName("operator")
        .withNamespace(RunningOperator.NAMESPACE)
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }

  /// Objects in the order in which they are applied.
  private static List<HasMetadata> objects(KubernetesClient client) {
    try (Stream<Path> files = Files.list(INSTALL)) {
      return files.sorted().flatMap(file -> load(client, file).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<HasMetadata> load(KubernetesClient client, Path file) {
    try (var in = Files.newInputStream(file)) {
      return client.load(in).items();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
