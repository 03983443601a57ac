package dev.flotilla.chaos.admission;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabasePool;
import dev.flotilla.crds.v1alpha1.fleet.FleetPolicy;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Our custom resource definitions, as they are installed for users.
public final class CustomResources {

  private static final Duration ESTABLISHED = Duration.ofSeconds(30);

  private CustomResources() {}

  private static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(
          DatabaseCluster.class, DatabasePool.class, FleetPolicy.class, DatabaseOperation.class);

  /// Installs them and returns when the API server serves all kinds.
  public static void install(KubernetesClient client) {
    install(client, UnaryOperator.identity());
  }

  /// Installs them as if nobody had thought of any rule yet: whatever is written is stored.
  public static void installWithoutRules(KubernetesClient client) {
    install(client, CustomResources::withoutRules);
  }

  private static CustomResourceDefinition withoutRules(CustomResourceDefinition definition) {
    definition
        .getSpec()
        .getVersions()
        .forEach(version ->
            version
                .getSchema()
                .setOpenAPIV3Schema(
                    new JSONSchemaPropsBuilder()
                        .withType("object")
                        .withXKubernetesPreserveUnknownFields(true)
                        .build()));
    return definition;
  }

  private static void install(
      KubernetesClient client, UnaryOperator<CustomResourceDefinition> change) {
    KINDS.forEach(kind -> apply(client, kind, change));
    // An established kind is answered for a moment with 429 "storage is (re)initializing".
    Config patient =
        new ConfigBuilder(client.getConfiguration())
            .withRequestRetryBackoffLimit(8)
            .withRequestRetryBackoffInterval(100)
            .build();
    try (var reader = new KubernetesClientBuilder().withConfig(patient).build()) {
      KINDS.forEach(kind ->
          reader
              .genericKubernetesResources(ResourceDefinitionContext.fromResourceType(kind))
              .inAnyNamespace()
              .list());
    }
  }

  private static void apply(
      KubernetesClient client,
      Class<? extends HasMetadata> kind,
      UnaryOperator<CustomResourceDefinition> change) {
    String file = "/META-INF/fabric8/" + HasMetadata.getFullResourceName(kind) + "-v1.yml";
    try (InputStream manifest =
        Objects.requireNonNull(kind.getResourceAsStream(file), () -> file + " is missing")) {
      var definitions = client.apiextensions().v1().customResourceDefinitions();
      var definition = definitions.resource(change.apply(definitions.load(manifest).item()));
      definition.serverSideApply();
      definition.waitUntilCondition(
          CustomResources::isEstablished, ESTABLISHED.toSeconds(), TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEstablished(@Nullable CustomResourceDefinition definition) {
    return Stream.ofNullable(definition)
        .flatMap(found -> Optional.ofNullable(found.getStatus()).stream())
        .flatMap(
            status -> Optional.ofNullable(status.getConditions()).stream().flatMap(List::stream))
        .anyMatch(condition ->
            condition.getType().equals("Established") && condition.getStatus().equals("True"));
  }
}
