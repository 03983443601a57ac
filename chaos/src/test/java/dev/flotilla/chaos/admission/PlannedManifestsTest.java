package dev.flotilla.chaos.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.operator.cli.CommandRun;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `flotilla plan -f` with each manifest that people get wrong: it finds what a real API server
/// finds, says where it stands and what to write instead, and stores nothing.
@Tag("control-plane")
final class PlannedManifestsTest {

  private static final Pattern UNKNOWN = Pattern.compile("unknown field \"([^\"]+)\"");

  private static Admission admission;

  @TempDir Path folder;

  private String namespace = "";

  @BeforeAll
  static void start() {
    admission = Admission.start();
  }

  @AfterAll
  static void stop() {
    admission.close();
  }

  @BeforeEach
  void namespace() {
    namespace = admission.namespace();
  }

  static List<Manifest> hostile() {
    return Manifest.hostile();
  }

  @Test
  @Tag("UX-9")
  void thereAreFortyOfThem() {
    assertThat(hostile()).hasSizeGreaterThanOrEqualTo(40);
  }

  @ParameterizedTest
  @MethodSource("hostile")
  @Tag("UX-9")
  void theSameIsFoundWithItsPlaceAndRemedy(Manifest manifest) throws IOException {
    var documents = manifest.documents();
    documents.subList(0, documents.size() - 1).forEach(this::store);
    var file = folder.resolve("manifest.yaml");
    Files.writeString(file, manifest.texts().getLast());
    var before = stored();

    assertThat(plan(file)).isEqualTo(3);
    assertThat(stored()).isEqualTo(before);
    var objections = run.json().at("/objections").valueStream().toList();
    var answer =
        catchThrowableOfType(KubernetesClientException.class, () -> store(documents.getLast()));

    assertThat(objections.stream().map(it -> dotted(it.path("path").asText())))
        .containsAll(wrong(answer));
    assertThat(objections)
        .allSatisfy(objection -> {
          assertThat(objection.path("what").asText()).isNotBlank();
          assertThat(objection.path("fix").asText()).isNotBlank();
          assertThat(objection.path("source").asText()).isNotBlank();
          assertThat(pointedAt(objection)).isNotBlank();
        });
  }

  /// What is legal is accepted; without an operator, what would be done is not known.
  @ParameterizedTest
  @MethodSource("harmless")
  void whatIsLegalIsAccepted(Manifest manifest) throws IOException {
    var documents = manifest.documents();
    documents.subList(0, documents.size() - 1).forEach(this::store);
    var file = folder.resolve("manifest.yaml");
    Files.writeString(file, manifest.texts().getLast());

    assertThat(plan(file)).isEqualTo(1);
    assertThat(run.json().at("/objections")).isEmpty();
    assertThat(run.json().at("/notes/0").asText()).contains("no operator acts");
  }

  static List<Manifest> harmless() {
    return Manifest.in("harmless");
  }

  /// All that can be told at once is told at once: fields that are not known, and values of others.
  @Test
  @Tag("UX-9")
  void severalMistakesAreToldInOneRun() throws IOException {
    var file = folder.resolve("manifest.yaml");
    Files.writeString(
        file,
        """
        apiVersion: flotilla.dev/v1alpha1
        kind: DatabaseCluster
        metadata:
          name: search
        spec:
          engine:
            type: Elasticsearch
            version: 9.5.3
            versoin: 9.5.3
          topology:
            zones: [a, b, no]
          pools:
            - name: data
              replicas: 3
              instances: three
              storage: {size: 1Gi}
              storage: {size: 2Gi}
        """);

    assertThat(plan(file)).isEqualTo(3);
    assertThat(run.json().at("/objections").valueStream())
        .extracting(it -> it.path("line").asInt(), it -> it.path("path").asText())
        .containsExactly(
            tuple(9, "spec.engine.versoin"),
            tuple(11, "spec.topology.zones[2]"),
            tuple(14, "spec.pools[0].replicas"),
            tuple(15, "spec.pools[0].instances"),
            tuple(17, "spec.pools[0].storage"));
    run.run("plan", "-f", file.toString(), "-n", namespace);
    assertThat(run.out())
        .contains(
            "error: is not known\n --> %s:9:5  spec.engine.versoin\n".formatted(file),
            "9 |     versoin: 9.5.3\n  |     ^^^^^^^\n",
            "5 errors; nothing was changed");
  }

  /// Without an API server types, words and limits are still checked, and that this is all is said.
  @Test
  @Tag("UX-9")
  void withoutAnApiServerTheSchemaIsCheckedAndThatIsSaid() throws IOException {
    var nowhere =
        new CommandRun(
            () -> new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:1").build());
    int found = 0;
    for (Manifest manifest : hostile()) {
      var file = folder.resolve("manifest.yaml");
      Files.writeString(file, manifest.texts().getLast());

      int exit = nowhere.run("plan", "-f", file.toString(), "-n", "shop", "-o", "json");

      assertThat(exit).as(manifest.name() + nowhere.err()).isIn(0, 3);
      assertThat(nowhere.json().path("checkedBy").asText()).isEqualTo("SCHEMA");
      assertThat(nowhere.json().at("/notes").toString()).contains("no API server was asked");
      if (exit == 3) {
        found++;
        assertThat(nowhere.json().at("/objections").valueStream())
            .allSatisfy(it -> assertThat(it.path("fix").asText()).isNotBlank());
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(15);
  }

  private final CommandRun run =
      new CommandRun(() -> Config.fromKubeconfig(admission.kubeconfig().toFile()));

  private int plan(Path file) {
    return run.run("plan", "-f", file.toString(), "-n", namespace, "-o", "json");
  }

  /// The fields that the API server names when the manifest is really applied.
  private static List<String> wrong(KubernetesClientException answer) {
    var fields =
        Answer.of(answer).causes().stream()
            .map(Answer.Cause::field)
            .filter(field -> !field.isEmpty() && !field.equals("<nil>"));
    var unknown =
        UNKNOWN.matcher(Answer.of(answer).message()).results().map(found -> found.group(1));
    return Stream.concat(fields, unknown).distinct().toList();
  }

  /// As the API server writes it: a name with dots in no brackets.
  private static String dotted(String path) {
    return path.replaceAll("\\[([^\\]]*[^\\]\\d][^\\]]*)]", ".$1");
  }

  /// The text that is underlined.
  private static String pointedAt(JsonNode objection) {
    var source = objection.path("source").asText();
    int begin = objection.path("column").asInt() - 1;
    int end = Math.min(source.length(), begin + objection.path("length").asInt());
    return source.substring(Math.min(begin, end), end);
  }

  private void store(GenericKubernetesResource document) {
    admission.store(namespace, document);
  }

  private List<GenericKubernetesResource> stored() {
    return admission.stored(namespace);
  }
}
