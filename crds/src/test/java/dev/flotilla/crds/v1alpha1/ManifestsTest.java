package dev.flotilla.crds.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.crds.v1alpha1.fleet.FleetPolicySpec;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What users install: the manifests in `META-INF/fabric8`.
///
/// Run with `-Dflotilla.generate=true` to write them anew from the Java types.
final class ManifestsTest {

  private static final Path COMMITTED = Path.of("src/main/resources/META-INF/fabric8");

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Map<String, Path> generated = Map.of();

  @BeforeAll
  static void generate(@TempDir Path folder) throws IOException {
    generated = Generator.writeTo(folder);
    if (Boolean.getBoolean("flotilla.generate")) {
      Files.createDirectories(COMMITTED);
      for (Path file : generated.values()) {
        Files.writeString(COMMITTED.resolve(file.getFileName()), Files.readString(file));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DatabaseCluster", "DatabasePool", "FleetPolicy", "DatabaseOperation"})
  void theCommittedManifestSaysWhatTheTypesSay(String kind) {
    Path file = generated.get(kind);

    assertThat(COMMITTED.resolve(file.getFileName()))
        .as("run the tests of crds with -Dflotilla.generate=true")
        .hasSameTextualContentAs(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DatabaseCluster", "DatabasePool", "FleetPolicy", "DatabaseOperation"})
  void everyFieldIsDescribedInAWholeSentence(String kind) throws IOException {
    assertThat(fields(schema(kind)))
        .isNotEmpty()
        .allSatisfy(
            (path, field) -> assertThat(field.getDescription()).as(path).matches("[A-Z].{5,}\\."));
  }

  /// A value without a bound makes an object grow without one, and no rule may look at it: the API
  /// server refuses rules whose cost it cannot bound.
  @ParameterizedTest
  @ValueSource(strings = {"DatabaseCluster", "DatabasePool", "FleetPolicy", "DatabaseOperation"})
  void everyValueThatAUserWritesIsBounded(String kind) throws IOException {
    assertThat(fields(schema(kind).getProperties().get("spec")))
        .isNotEmpty()
        .allSatisfy((path, field) -> assertThat(isBounded(field)).as(path).isTrue());
  }

  @Test
  void aPoolHasAScale() throws IOException {
    var scale = version("DatabasePool").getSubresources().getScale();

    assertThat(scale.getSpecReplicasPath()).isEqualTo(".spec.instances");
    assertThat(scale.getStatusReplicasPath()).isEqualTo(".status.instances");
    assertThat(scale.getLabelSelectorPath()).isEqualTo(".status.selector");
  }

  @Test
  void theTableOfClustersHasItsColumnsInOrder() throws IOException {
    assertThat(version("DatabaseCluster").getAdditionalPrinterColumns())
        .extracting(column -> column.getName())
        .containsExactly("Ready", "Phase", "Members", "Zones", "Version", "Reason", "Age");
  }

  @Test
  void theTableOfPoolsHasItsColumnsInOrder() throws IOException {
    assertThat(version("DatabasePool").getAdditionalPrinterColumns())
        .extracting(column -> column.getName())
        .containsExactly("Want", "Ready", "Zones", "Reason", "Age");
  }

  @Test
  void theTableOfPoliciesHasItsColumnsInOrder() throws IOException {
    assertThat(version("FleetPolicy").getAdditionalPrinterColumns())
        .extracting(column -> column.getName())
        .containsExactly("Max-Disrupted", "Breaker", "Age");
  }

  @Test
  void theTableOfOperationsHasItsColumnsInOrder() throws IOException {
    assertThat(version("DatabaseOperation").getAdditionalPrinterColumns())
        .extracting(column -> column.getName())
        .containsExactly("Type", "Target", "State", "Outcome", "Done", "Reason", "Age");
  }

  @Test
  void thereIsOnePolicyForAllNamespaces() throws IOException {
    assertThat(definition("FleetPolicy").getSpec().getScope()).isEqualTo("Cluster");
  }

  /// One source of truth: who writes nothing gets from the API server what holds without a policy.
  @Test
  void thePolicysDefaultsAreWhatHoldsWithoutOne() throws IOException {
    var builtIn = JSON.<JsonNode>valueToTree(FleetPolicySpec.BUILT_IN);
    var parts = schema("FleetPolicy").getProperties().get("spec").getProperties();

    assertThat(parts).containsOnlyKeys("disruption", "breaker");
    parts.forEach((name, part) -> {
      assertThat(part.getDefault()).as(name).isEqualTo(builtIn.path(name));
      part.getProperties()
          .forEach((field, schema) ->
              assertThat(schema.getDefault()).as(field).isEqualTo(builtIn.path(name).path(field)));
    });
    assertThat(JSON.convertValue(Map.of(), FleetPolicySpec.class))
        .isEqualTo(FleetPolicySpec.BUILT_IN);
  }

  private static boolean isBounded(JSONSchemaProps field) {
    return switch (field.getType()) {
      case "string" ->
          field.getEnum() != null && !field.getEnum().isEmpty() || field.getMaxLength() != null;
      case "array" -> field.getMaxItems() != null && isBounded(field.getItems().getSchema());
      case "integer" -> field.getMaximum() != null && field.getMinimum() != null;
      case "boolean" -> true;
      case "object" ->
          field.getAdditionalProperties() == null
              || field.getMaxProperties() != null
                  && isBounded(field.getAdditionalProperties().getSchema());
      default -> false;
    };
  }

  /// All fields below a schema by their path, those of list items included.
  private static Map<String, JSONSchemaProps> fields(JSONSchemaProps schema) {
    var found = new LinkedHashMap<String, JSONSchemaProps>();
    collect("", schema, found);
    return found;
  }

  private static void collect(
      String path, JSONSchemaProps schema, Map<String, JSONSchemaProps> found) {
    Optional.ofNullable(schema.getProperties())
        .ifPresent(properties ->
            properties.forEach((name, field) -> {
              found.put(path + "." + name, field);
              collect(path + "." + name, field, found);
            }));
    Optional.ofNullable(schema.getItems())
        .ifPresent(items -> collect(path + "[]", items.getSchema(), found));
  }

  private static JSONSchemaProps schema(String kind) throws IOException {
    return version(kind).getSchema().getOpenAPIV3Schema();
  }

  private static CustomResourceDefinitionVersion version(String kind) throws IOException {
    return definition(kind).getSpec().getVersions().getFirst();
  }

  private static CustomResourceDefinition definition(String kind) throws IOException {
    return Serialization.unmarshal(
        Files.readString(generated.get(kind)), CustomResourceDefinition.class);
  }
}
