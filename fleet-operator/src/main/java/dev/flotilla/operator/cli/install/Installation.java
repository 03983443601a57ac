package dev.flotilla.operator.cli.install;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/// The objects of an installation, in the order in which they are applied: those of the folder
/// `install/`, with the operator as its store wants it.
///
/// @param objects among them at least one Deployment, all of operators
public record Installation(List<HasMetadata> objects) {

  /// The folder's files, in their order.
  static final List<String> FILES =
      List.of(
          "00-namespace.yaml",
          "10-databaseclusters.yaml",
          "11-databasepools.yaml",
          "12-fleetpolicies.yaml",
          "13-databaseoperations.yaml",
          "20-rights.yaml",
          "21-user-roles.yaml",
          "22-deletion-guard.yaml",
          "30-operator.yaml");

  public Installation {
    objects = List.copyOf(objects);
  }

  /// As the folder says it: one operator, whose store is in memory.
  public static Installation standard() {
    return new Installation(FILES.stream().flatMap(Installation::load).toList());
  }

  private static Stream<HasMetadata> load(String file) {
    var name = "/install/" + file;
    try (var text =
        Objects.requireNonNull(
            Installation.class.getResourceAsStream(name), "no resource " + name)) {
      Object read = new KubernetesSerialization().unmarshal(text);
      var several = read instanceof Collection<?> list ? list : List.of(read);
      return several.stream().map(HasMetadata.class::cast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same with operators of another image.
  ///
  /// @param image name and digest
  public Installation withImage(String image) {
    return withDeployments(deployment ->
        Stream.of(
            new DeploymentBuilder(deployment)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build()));
  }

  /// The same with other operators.
  ///
  /// @param change what is applied in place of a Deployment
  Installation withDeployments(Function<Deployment, Stream<HasMetadata>> change) {
    return new Installation(
        objects.stream()
            .flatMap(object ->
                object instanceof Deployment deployment
                    ? change.apply(deployment)
                    : Stream.of(object))
            .toList());
  }

  /// What an operator is told by its environment.
  static EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  /// The operators.
  public List<Deployment> deployments() {
    return objects.stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .toList();
  }
}
