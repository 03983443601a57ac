package dev.flotilla.chaos.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flotilla.chaos.lab.ControlPlane;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.crds.v1alpha1.DatabasePool;
import dev.flotilla.crds.v1alpha1.DatabasePoolSpec;
import dev.flotilla.crds.v1alpha1.DatabasePoolStatus;
import dev.flotilla.operator.cli.output.Terminal;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the API server says to manifests with mistakes that people make: refused at once, in words
/// that name the field and the remedy, and nothing stored.
@Tag("control-plane")
final class AdmissionTest {

  private static ControlPlane controlPlane;
  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    controlPlane =
        ControlPlane.start(
            Places.ofThisMachine(System.getenv()),
            System.getenv(),
            Progress.on(System.err, Terminal.none()));
    client = controlPlane.lab().client();
    CustomResources.install(client);
  }

  @AfterAll
  static void stop() {
    client.close();
    controlPlane.close();
  }

  private String namespace = "";

  @BeforeEach
  void namespace() {
    namespace =
        client
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

  static List<Manifest> types() {
    return Manifest.in("hostile/types");
  }

  @ParameterizedTest
  @MethodSource("types")
  @Tag("V1")
  void wrongTypesWordsAndRangesAreRefused(Manifest manifest) {
    refuses(manifest);
  }

  static List<Manifest> zones() {
    return Manifest.in("hostile/zones");
  }

  @ParameterizedTest
  @MethodSource("zones")
  @Tag("V2")
  void wrongZonesAreRefused(Manifest manifest) {
    refuses(manifest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zones/two", "zones/twice", "zones/capital-letter"})
  @Tag("AZ-1")
  void fewerThanThreeZonesAreRefused(String path) {
    refuses(Manifest.of("hostile/" + path));
  }

  static List<Manifest> names() {
    return Manifest.in("hostile/names");
  }

  @ParameterizedTest
  @MethodSource("names")
  @Tag("V5")
  void namesThatWouldNotFitAPodAreRefused(Manifest manifest) {
    refuses(manifest);
  }

  static Stream<Manifest> rest() {
    return Stream.of("hostile/quantities", "hostile/voters", "hostile/changes")
        .flatMap(folder -> Manifest.in(folder).stream());
  }

  @ParameterizedTest
  @MethodSource("rest")
  void impossibleAmountsVotersAndChangesAreRefused(Manifest manifest) {
    refuses(manifest);
  }

  static List<Manifest> harmless() {
    return Manifest.in("harmless");
  }

  /// The control of the others: what is legal is admitted, up to the limits.
  @ParameterizedTest
  @MethodSource("harmless")
  void whatIsLegalIsAdmitted(Manifest manifest) {
    manifest.documents().forEach(this::store);

    assertThat(stored()).isNotEmpty();
  }

  /// Disruption budgets, autoscalers and `kubectl scale` know a pool by nothing but its scale.
  @Test
  void aPoolIsScaledThroughItsScale() {
    var pool = new DatabasePool();
    pool.setMetadata(new ObjectMetaBuilder().withName("search-data").build());
    pool.setSpec(new DatabasePoolSpec("search", 3));
    var pools = client.resources(DatabasePool.class).inNamespace(namespace);
    var stored = pools.resource(pool).create();
    stored.setStatus(new DatabasePoolStatus(1, 3, 2, "flotilla.dev/pool=data", null, List.of()));
    pools.resource(stored).updateStatus();

    var scale = pools.withName("search-data").scale();
    scale.getSpec().setReplicas(4);
    pools.withName("search-data").scale(scale);

    assertThat(scale.getStatus().getReplicas()).isEqualTo(3);
    assertThat(scale.getStatus().getSelector()).isEqualTo("flotilla.dev/pool=data");
    assertThat(pools.withName("search-data").get().getSpec().instances()).isEqualTo(4);
  }

  private void refuses(Manifest manifest) {
    var documents = manifest.documents();
    documents.subList(0, documents.size() - 1).forEach(this::store);
    var before = stored();

    var answer =
        catchThrowableOfType(KubernetesClientException.class, () -> store(documents.getLast()));

    assertThat(answer).as("the answer to " + manifest).isNotNull();
    assertThat(answer.getCode()).isIn(400, 422);
    assertThat(answer.getStatus().getMessage()).contains(manifest.expectations());
    assertThat(stored()).isEqualTo(before);
  }

  /// As `kubectl apply` does: refuses unknown fields, creates or replaces.
  private void store(GenericKubernetesResource document) {
    var resource =
        client
            .genericKubernetesResources(document.getApiVersion(), document.getKind())
            .inNamespace(namespace)
            .resource(document)
            .fieldValidation(Validation.STRICT);
    resource.createOr(existing -> existing.update());
  }

  private List<GenericKubernetesResource> stored() {
    return Stream.of("DatabaseCluster", "DatabasePool")
        .flatMap(kind ->
            client
                .genericKubernetesResources("flotilla.dev/v1alpha1", kind)
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream())
        .toList();
  }
}
