package dev.flotilla.operator.kube.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.v1alpha1.RawPool;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.kube.SampleEngine;
import dev.flotilla.operator.kube.Samples;
import dev.flotilla.operator.kube.render.KeptObjects;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is made and read back is what was wanted; what others add is no difference, what they
/// change is one.
class KeptReaderTest {

  private final KeptReader reader = new KeptReader(new SampleEngine());

  static Stream<KeptObject> kept() {
    return Samples.kept().stream();
  }

  @ParameterizedTest
  @MethodSource("kept")
  void whatIsMadeReadsAsWanted(KeptObject wanted) {
    assertThat(read(rendered(wanted))).contains(wanted);
  }

  @ParameterizedTest
  @MethodSource("kept")
  void aLabelOfSomebodyElseIsNoDifference(KeptObject wanted) {
    var object = rendered(wanted);
    object.getMetadata().getLabels().put("team", "blue");

    assertThat(read(object)).contains(wanted);
  }

  /// The API server answers with null where nothing is listed.
  @Test
  void endpointsThatListNothingAreReadAsNone() {
    var slice = (EndpointSlice) rendered(new KeptObject.Endpoints(List.of()));
    slice.setEndpoints(null);

    assertThat(read(slice)).contains(new KeptObject.Endpoints(List.of()));

    slice.setPorts(null);
    assertThat(read(slice)).isEmpty();
  }

  @Test
  void aFileOfSomebodyElseIsNoDifference() {
    var map = (ConfigMap) rendered(Samples.config());
    owned(
        map,
        "flotilla",
        Map.of("f:data", Map.of("f:engine.yml", Map.of(), "f:prepare.sh", Map.of())));
    owned(map, "kubectl-edit", Map.of("f:data", Map.of("f:notes", Map.of())));
    map.getData().put("notes", "do not touch");

    assertThat(read(map)).contains(Samples.config());
  }

  @Test
  void aChangedFileIsADifference() {
    var map = (ConfigMap) rendered(Samples.config());
    owned(map, "flotilla", Map.of("f:data", Map.of("f:prepare.sh", Map.of())));
    owned(map, "kubectl-edit", Map.of("f:data", Map.of("f:engine.yml", Map.of())));

    assertThat(read(map)).isPresent().isNotEqualTo(Optional.of(Samples.config()));
  }

  @Test
  void addressesThatTheFileDoesNotHoldAreNotBelieved() {
    var map = (ConfigMap) rendered(Samples.seeds());
    map.getData().put("seeds.txt", "10.9.9.9\n");

    assertThat(read(map)).isEmpty();
  }

  @Test
  void anotherPortOrSelectorIsADifference() {
    var other = (Service) rendered(new KeptObject.ClientService());
    other.getSpec().getPorts().getFirst().setPort(80);
    var selecting = (Service) rendered(new KeptObject.ClientService());
    selecting.getSpec().setSelector(Map.of("app", "x"));

    assertThat(read(other)).isEmpty();
    assertThat(read(selecting)).isEmpty();
  }

  @Test
  void aBudgetInPercentIsADifference() {
    var budget = (PodDisruptionBudget) rendered(Samples.budget());
    budget.getSpec().setMaxUnavailable(new IntOrString("34%"));

    assertThat(read(budget)).isEmpty();
  }

  /// The API server writes empty lists of a slice as null.
  @Test
  void aSliceWithoutEndpointsIsRead() {
    var slice =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {namespace: shop, name: search-1}
                addressType: IPv4
                endpoints: null
                ports: [{name: client, port: 9200, protocol: TCP}]
                """,
                EndpointSlice.class);
    var bare = new EndpointSliceBuilder(slice).build();
    bare.setPorts(null);

    assertThat(read(slice)).contains(new KeptObject.Endpoints(List.of()));
    assertThat(read(bare)).isEmpty();
  }

  @Test
  void whoeverElseSetAPoolsScaleIsNamed() {
    var pool = (RawPool) rendered(Samples.pool());
    owned(pool, "flotilla", Map.of("f:spec", Map.of("f:clusterName", Map.of())));
    owned(pool, "kubectl", Map.of("f:spec", Map.of("f:instances", Map.of())));

    assertThat(PoolReader.read(Samples.POOL, pool).orElseThrow().view().foreignWriter())
        .contains("kubectl");
  }

  private static HasMetadata rendered(KeptObject wanted) {
    return new KeptObjects(Samples.CLUSTER, Samples.CLUSTER_UID, new SampleEngine()).render(wanted);
  }

  private static void owned(HasMetadata object, String manager, Map<String, Object> fields) {
    var entry = new ManagedFieldsEntryBuilder().withManager(manager).build();
    entry.setFieldsV1(new FieldsV1());
    entry.getFieldsV1().setAdditionalProperties(fields);
    object
        .getMetadata()
        .setManagedFields(
            Stream.concat(object.getMetadata().getManagedFields().stream(), Stream.of(entry))
                .toList());
  }

  private Optional<KeptObject> read(HasMetadata object) {
    return switch (object) {
      case ConfigMap map -> reader.configMap(Samples.CLUSTER, map);
      case Service service -> reader.service(service);
      case EndpointSlice slice -> reader.endpoints(slice);
      case PodDisruptionBudget budget ->
          reader.budget(Samples.CLUSTER, Samples.POOL, budget).map(found -> found);
      case RawPool pool -> {
        var view = PoolReader.read(Samples.POOL, pool).orElseThrow().view();
        yield Optional.of(new KeptObject.Pool(view.name(), view.instances()));
      }
      default -> throw new IllegalStateException(List.of(object).toString());
    };
  }
}
