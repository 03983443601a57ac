package dev.flotilla.crds.v1alpha1;

import dev.flotilla.crds.v1alpha1.fleet.FleetPolicy;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperation;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes the custom resource definitions from the Java types.
///
/// fabric8's generator cannot say everything by annotation; what is missing is added here, before
/// the text is written: keys of lists, the required root field, descriptions of the halves of a
/// kind, and the order of the printed columns.
final class Generator {

  /// A kind with what `kubectl explain` prints about it.
  private record Kind(Class<? extends HasMetadata> type, String about, String aboutSpec) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              DatabaseCluster.class,
              "One tenant's database: members of one engine, spread over at least three zones.",
              "What is wanted of the database."),
          new Kind(
              DatabasePool.class,
              "The members of one shape of a database: made by the operator from spec.pools of a"
                  + " DatabaseCluster, owner of their pods, and the object to scale.",
              "What is wanted of the pool."),
          new Kind(
              FleetPolicy.class,
              "The limits that all databases of this Kubernetes cluster share. There is at most"
                  + " one, called default; without one the defaults of its fields hold.",
              "What all databases share."),
          new Kind(
              DatabaseOperation.class,
              "A request to do something with members of a database, such as to empty one and let"
                  + " it go. It can be taken back until a member is given up.",
              "What is asked for; only cancel can be changed."));

  private Generator() {}

  /// Writes one file per kind into the folder and returns the files by kind.
  static Map<String, Path> writeTo(Path folder) {
    var written =
        new CRDGenerator()
            .customResourceClasses(KINDS.stream().map(Kind::type).toList())
            .forCRDVersions("v1")
            .withPostProcessor(
                new CRDPostProcessor() {
                  @Override
                  public HasMetadata process(HasMetadata crd, String version) {
                    return finish((CustomResourceDefinition) crd);
                  }
                })
            .inOutputDir(folder.toFile())
            .detailedGenerate();
    var files = new LinkedHashMap<String, Path>();
    for (Kind kind : KINDS) {
      String name = HasMetadata.getFullResourceName(kind.type());
      files.put(
          kind.type().getSimpleName(), Path.of(written.getCRDInfos(name).get("v1").getFilePath()));
    }
    return files;
  }

  private static CustomResourceDefinition finish(CustomResourceDefinition crd) {
    Kind kind =
        KINDS.stream()
            .filter(k -> k.type().getSimpleName().equals(crd.getSpec().getNames().getKind()))
            .findFirst()
            .orElseThrow();
    for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
      JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
      root.setDescription(kind.about());
      root.getProperties().get("spec").setDescription(kind.aboutSpec());
      root.getProperties().values().removeIf(part -> part.getProperties().isEmpty());
      Optional.ofNullable(root.getProperties().get("status"))
          .ifPresent(status -> status.setDescription("What became of it, by the operator."));
      root.setRequired(List.of("spec"));
      fix(root);
      version
          .getAdditionalPrinterColumns()
          .sort(Comparator.comparing(c -> place(kind, c.getName())));
    }
    return crd;
  }

  private static int place(Kind kind, String column) {
    return Arrays.stream(kind.type().getAnnotationsByType(AdditionalPrinterColumn.class))
        .map(AdditionalPrinterColumn::name)
        .toList()
        .indexOf(column);
  }

  private static void fix(JSONSchemaProps schema) {
    schema.setXKubernetesValidations(withoutRepeats(schema.getXKubernetesValidations()));
    if (schema.getItems() != null) {
      keyList(schema, schema.getItems().getSchema());
    }
    children(schema).forEach(Generator::fix);
  }

  /// Lists of texts hold each text once; lists of objects are keyed, so that two writers may own
  /// different entries and rules can compare an entry with what it was.
  private static void keyList(JSONSchemaProps list, JSONSchemaProps item) {
    if (item.getProperties() == null || item.getProperties().isEmpty()) {
      list.setXKubernetesListType("set");
    } else {
      list.setXKubernetesListType("map");
      list.setXKubernetesListMapKeys(
          List.of(item.getProperties().containsKey("name") ? "name" : "type"));
    }
  }

  /// A rule on a record component is found twice, on its field and on its accessor; each copy would
  /// count against the cost budget of the API server.
  private static List<ValidationRule> withoutRepeats(List<ValidationRule> rules) {
    return new ArrayList<>(new LinkedHashSet<>(rules));
  }

  /// The schemas directly below one.
  static Stream<JSONSchemaProps> children(JSONSchemaProps schema) {
    return Stream.of(
            Optional.ofNullable(schema.getProperties()).stream()
                .flatMap(properties -> properties.values().stream()),
            Optional.ofNullable(schema.getItems()).stream().map(items -> items.getSchema()),
            Optional.ofNullable(schema.getAdditionalProperties()).stream()
                .map(additional -> additional.getSchema()))
        .flatMap(part -> part);
  }
}
