package dev.flotilla.chaos.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.crds.v1alpha1.DatabasePool;
import dev.flotilla.crds.v1alpha1.DatabasePoolSpec;
import dev.flotilla.crds.v1alpha1.DatabasePoolStatus;
import dev.flotilla.crds.v1alpha1.fleet.FleetPolicy;
import dev.flotilla.crds.v1alpha1.fleet.FleetPolicySpec;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the API server says to manifests with mistakes that people make: refused at once, in words
/// that name the field and the remedy, and nothing stored.
@Tag("control-plane")
final class AdmissionTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Admission admission;

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

  static List<Manifest> changes() {
    return Manifest.in("hostile/changes");
  }

  @ParameterizedTest
  @MethodSource("changes")
  @Tag("V3")
  void whatMayNotBecomeAnotherIsRefused(Manifest manifest) {
    refuses(manifest);
  }

  static List<Manifest> crossed() {
    return Manifest.in("hostile/crossed");
  }

  @ParameterizedTest
  @MethodSource("crossed")
  @Tag("V4")
  void fieldsThatContradictEachOtherAreRefused(Manifest manifest) {
    refuses(manifest);
  }

  static List<Manifest> quantities() {
    return Manifest.in("hostile/quantities");
  }

  @ParameterizedTest
  @MethodSource("quantities")
  @Tag("V6")
  void impossibleAmountsAreRefused(Manifest manifest) {
    refuses(manifest);
  }

  static List<Manifest> overrides() {
    return Manifest.in("overrides");
  }

  /// Whoever sets a protection aside names one body, for an hour at most.
  @ParameterizedTest
  @MethodSource("overrides")
  @Tag("D4")
  void overridesWithoutATargetOrAnEndAreRefused(Manifest manifest) {
    refuses(manifest);
  }

  @Test
  void whatExplainPrintsIsAdmitted() {
    Manifest.of("harmless-override").documents().forEach(this::store);

    assertThat(stored()).isNotEmpty();
  }

  /// What every field of every kind meets, made from the schemas.
  @TestFactory
  @Tag("V1")
  Stream<DynamicTest> everyMistakeInOneFieldIsRefused() {
    return refusals(sound -> new Mistakes(sound).ofOneField());
  }

  @TestFactory
  @Tag("V5")
  Stream<DynamicTest> everyNameThatIsNoneIsRefused() {
    return refusals(sound -> new Mistakes(sound).names());
  }

  @TestFactory
  @Tag("V6")
  Stream<DynamicTest> everyTextThatIsNoAmountIsRefused() {
    return refusals(sound -> new Mistakes(sound).quantities());
  }

  @TestFactory
  @Tag("V3")
  Stream<DynamicTest> everyChangeThatCannotBeIsRefused() {
    return refusals(Changes::later);
  }

  @TestFactory
  @Tag("V4")
  Stream<DynamicTest> everyContradictionIsRefused() {
    return refusals(Changes::crossed);
  }

  /// The control of the generated ones: the manifests that they spoil are admitted as they are,
  /// with every field, and so is null in a field that may be absent.
  @TestFactory
  Stream<DynamicTest> whatIsNotSpoiltIsAdmitted() {
    return Sound.ALL.stream()
        .flatMap(sound ->
            Stream.concat(
                Stream.of(new Mistake("nothing", Optional.empty(), sound.manifest(), List.of())),
                new Mistakes(sound).nullForNothing()))
        .map(harmless ->
            DynamicTest.dynamicTest(
                harmless.name(),
                () -> {
                  var stored = post(harmless.manifest());
                  assertThat(stored.path("spec").toString()).doesNotContain("null");
                  delete(stored);
                }));
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
    var pools = admission.client.resources(DatabasePool.class).inNamespace(namespace);
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

  /// Who writes a second one learns at once that it would not count.
  @Test
  @Tag("V5")
  void onlyThePolicyCalledDefaultIsAdmitted() {
    var policies = admission.client.resources(FleetPolicy.class);
    var policy = new FleetPolicy();
    policy.setMetadata(new ObjectMetaBuilder().withName("night").build());
    policy.setSpec(FleetPolicySpec.BUILT_IN);

    assertThatThrownBy(() -> policies.resource(policy).create())
        .hasMessageContaining(
            "metadata.name is 'night', and only the policy called default counts: name it default");
    assertThat(policies.list().getItems()).isEmpty();
  }

  /// The API server fills in what is left out, so that people see what counts.
  @Test
  void anEmptyPolicySaysEverythingThatHoldsWithoutIt() throws JsonProcessingException {
    var stored =
        post(
            JSON.readTree(
                """
                {"apiVersion": "flotilla.dev/v1alpha1", "kind": "FleetPolicy",
                 "metadata": {"name": "default"}, "spec": {}}
                """));
    delete(stored);

    assertThat(stored.path("spec")).isEqualTo(JSON.valueToTree(FleetPolicySpec.BUILT_IN));
  }

  private Stream<DynamicTest> refusals(Function<Sound, Stream<Mistake>> mistakes) {
    var tests =
        Sound.ALL.stream()
            .flatMap(sound ->
                mistakes
                    .apply(sound)
                    .map(mistake ->
                        DynamicTest.dynamicTest(
                            sound.kind() + ": " + mistake, () -> refuses(mistake))));
    return Stream.concat(
        tests,
        Stream.of(
            DynamicTest.dynamicTest("nothing was stored", () -> assertThat(stored()).isEmpty())));
  }

  private void refuses(Mistake mistake) {
    var before = mistake.before().map(this::post);
    try {
      var refusal =
          catchThrowableOfType(
              KubernetesClientException.class,
              () ->
                  before.ifPresentOrElse(
                      old -> put(old, mistake.manifest()), () -> post(mistake.manifest())));

      assertThat(refusal).as("the answer to " + mistake).isNotNull();
      var answer = Answer.of(refusal);
      assertThat(answer.code()).isIn(400, 422);
      assertThat(answer).matches(it -> it.helps(mistake.places()), "names field and remedy");
    } finally {
      before.ifPresent(this::delete);
    }
  }

  private JsonNode post(JsonNode manifest) {
    return send("POST", collection(manifest), manifest);
  }

  /// In the place of what is stored.
  private void put(JsonNode stored, JsonNode manifest) {
    var next = manifest.deepCopy();
    ((ObjectNode) next.path("metadata"))
        .set("resourceVersion", stored.path("metadata").path("resourceVersion"));
    send("PUT", collection(stored) + "/" + stored.path("metadata").path("name").asText(), next);
  }

  private void delete(JsonNode stored) {
    admission.client.raw(
        collection(stored) + "/" + stored.path("metadata").path("name").asText(), "DELETE", null);
  }

  /// As text, because the client's own writer would leave out what is null.
  private static JsonNode send(String method, String path, JsonNode manifest) {
    try {
      var answer =
          admission.client.raw(
              path + "?fieldValidation=Strict", method, JSON.writeValueAsString(manifest));
      return JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String collection(JsonNode manifest) {
    var kind = manifest.path("kind").asText();
    return kind.equals("FleetPolicy")
        ? "/apis/flotilla.dev/v1alpha1/fleetpolicies"
        : "/apis/flotilla.dev/v1alpha1/namespaces/%s/%ss"
            .formatted(namespace, kind.toLowerCase(Locale.ROOT));
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

  private void store(GenericKubernetesResource document) {
    admission.store(namespace, document);
  }

  private List<GenericKubernetesResource> stored() {
    return admission.stored(namespace);
  }
}
