package dev.flotilla.chaos.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flotilla.chaos.k3s.K3s;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// K3s, another build of Kubernetes with another store, takes our custom resources and refuses
/// mistakes in the same words.
@Tag("k3s")
final class AdmissionOnK3sTest {

  private static K3s k3s;

  @BeforeAll
  static void start() {
    k3s = K3s.start();
    CustomResources.install(k3s.client());
  }

  @AfterAll
  static void stop() {
    if (k3s != null) {
      k3s.close();
    }
  }

  static Stream<Manifest> mistakes() {
    return Stream.of("hostile/types", "hostile/zones", "hostile/names")
        .flatMap(folder -> Manifest.in(folder).stream())
        .filter(manifest -> manifest.documents().size() == 1);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesAreRefused(Manifest manifest) {
    var answer =
        catchThrowableOfType(
            KubernetesClientException.class, () -> create(manifest.documents().getFirst()));

    assertThat(answer).as("the answer to " + manifest).isNotNull();
    assertThat(answer.getStatus().getMessage()).contains(manifest.expectations());
  }

  @ParameterizedTest
  @ValueSource(strings = {"harmless/voters-apart", "harmless/longest-names"})
  void whatIsLegalIsAdmitted(String path) {
    var stored = create(Manifest.of(path).documents().getFirst());

    assertThat(stored.getMetadata().getUid()).isNotBlank();
  }

  private static GenericKubernetesResource create(GenericKubernetesResource document) {
    return k3s.client()
        .genericKubernetesResources(document.getApiVersion(), document.getKind())
        .inNamespace("default")
        .resource(document)
        .fieldValidation(Validation.STRICT)
        .create();
  }
}
