package dev.flotilla.operator.wire;

import static dev.flotilla.operator.core.Drawing.LOST_POD;
import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.flotilla.operator.core.AnySituation;
import dev.flotilla.operator.core.plan.Planner;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.document.Comments;
import dev.flotilla.operator.yaml.Objection;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/// A saved view is the view, and one that was changed by hand is read or explained.
@PropertyDefaults(tries = 100)
class ViewFileTest {

  private static final Path SCHEMA =
      Path.of("..", "docs", "reference", "schema", "ClusterView.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property
  @Tag("UX-8")
  void whatIsWrittenIsReadAgain(@ForAll(supplier = AnySituation.class) String text) {
    var view = situation(text);

    assertThat(ViewFile.read(ViewFile.yaml(view))).isEqualTo(new ViewFile.Read.Good(view));
    assertThat(ViewFile.read(ViewFile.json(view))).isEqualTo(new ViewFile.Read.Good(view));
  }

  @Property
  @Tag("UX-8")
  void aSavedViewGivesTheSamePlan(@ForAll(supplier = AnySituation.class) String text) {
    var view = situation(text);

    assertThat(good(ViewFile.yaml(view)))
        .satisfies(
            read -> assertThat(Planner.plan(read).print()).isEqualTo(Planner.plan(view).print()));
  }

  @Property
  void whatIsWrittenFitsThePublishedSchema(@ForAll(supplier = AnySituation.class) String text)
      throws IOException {
    assertThat(published().validate(JSON.readTree(ViewFile.json(situation(text))))).isEmpty();
  }

  @Example
  void theSchemaIsPublished() throws IOException {
    var schema = ViewFile.schema(new FromComments()).toPrettyString() + "\n";

    if (Boolean.getBoolean("flotilla.generate")) {
      Files.writeString(SCHEMA, schema);
    }

    assertThat(SCHEMA).as("run this test with -Dflotilla.generate=true").hasContent(schema);
  }

  @Example
  void severalMistakesAreToldAtOnceWithTheirPlaces() {
    var lines = new ArrayList<>(ViewFile.yaml(situation(LOST_POD)).lines().toList());
    int zones = index(lines, "  - c");
    lines.set(zones, "  - a");
    int phase = index(lines, "    phase: Running");
    lines.set(phase, "    phase: Flying");
    int ready = index(lines, "    ready: true");
    lines.set(ready, "    redy: true");

    assertThat(bad(String.join("\n", lines)))
        .extracting(Objection::path, Objection::what)
        .containsExactly(
            tuple("spec", "spec.topology.zones names fewer than three zones"),
            tuple("members[0].pod.ready", "is missing"),
            tuple("members[0].pod.phase", "is not known: 'Flying'"),
            tuple("members[0].pod.redy", "is not known here"));
  }

  @Example
  void aMistakeIsPointedAt() {
    var lines = new ArrayList<>(ViewFile.yaml(situation(LOST_POD)).lines().toList());
    int phase = index(lines, "    phase: Running");
    lines.set(phase, "    phase: Flying");

    assertThat(bad(String.join("\n", lines)))
        .singleElement()
        .satisfies(objection -> {
          assertThat(objection.spot().line()).isEqualTo(phase + 1);
          assertThat(objection.spot().column()).isEqualTo(12);
          assertThat(objection.spot().length()).isEqualTo("Flying".length());
          assertThat(objection.fix())
              .isEqualTo("write Pending or Running or Succeeded or Failed or Unknown");
        });
  }

  @Example
  void anotherVersionIsNotGuessedAt() {
    var text =
        ViewFile.yaml(situation(LOST_POD)).replace(ViewFile.API_VERSION, "view.flotilla.dev/v9");

    assertThat(bad(text))
        .singleElement()
        .satisfies(objection -> {
          assertThat(objection.path()).isEqualTo("apiVersion");
          assertThat(objection.what()).contains("view.flotilla.dev/v9");
          assertThat(objection.fix()).contains(ViewFile.API_VERSION);
        });
  }

  @Example
  void whatIsNoViewIsRefused() {
    for (String text : List.of("", "a", "[1]", "{}", "---\na: 1\n---\nb: 2\n", "a: [", "\t")) {
      assertThat(bad(text)).as("'" + text + "'").isNotEmpty();
    }
  }

  /// What the schema refuses is not read, and the other way round.
  @Property(tries = 20)
  void wholeNumbersAreReadAsTheSchemaHasThem(
      @ForAll("numbers") BigInteger number, @ForAll("counts") String pointer) throws IOException {
    var tree = JSON.readTree(ViewFile.json(situation(LOST_POD)));
    int slash = pointer.lastIndexOf('/');
    ((ObjectNode) tree.at(pointer.substring(0, slash))).put(pointer.substring(slash + 1), number);

    boolean isRead = ViewFile.read(tree.toString()) instanceof ViewFile.Read.Good;
    assertThat(isRead).isEqualTo(published().validate(tree).isEmpty());
  }

  @Provide
  Arbitrary<BigInteger> numbers() {
    return Arbitraries.of("-1", "0", "2147483647", "2147483648", "9223372036854775808")
        .map(BigInteger::new);
  }

  @Provide
  Arbitrary<String> counts() {
    return Arbitraries.of(
        "/engine/value/members/0/shards",
        "/identity/generation",
        "/revision",
        "/fleet/value/limits/breaker/clusters/number");
  }

  /// Whatever is taken out of a view or put in its place, the result is a view or says why not.
  @Property(tries = 300)
  void anyDamageIsReadOrExplained(
      @ForAll(supplier = AnySituation.class) String text, @ForAll long seed) throws IOException {
    var random = new Random(seed);
    var tree = JSON.readTree(ViewFile.json(situation(text)));
    for (int i = 0; i < 3; i++) {
      damage(tree, random);
    }

    switch (ViewFile.read(tree.toString())) {
      case ViewFile.Read.Good good -> Planner.plan(good.view());
      case ViewFile.Read.Bad(var objections) ->
          assertThat(objections)
              .isNotEmpty()
              .allSatisfy(objection -> {
                assertThat(objection.what()).isNotBlank();
                assertThat(objection.fix()).isNotBlank();
              });
    }
  }

  private static void damage(JsonNode tree, Random random) {
    var parents = tree.findParents("name");
    var all = new ArrayList<JsonNode>(parents);
    all.add(tree);
    var parent = (ObjectNode) all.get(random.nextInt(all.size()));
    if (parent.isEmpty()) {
      return;
    }
    var names = new ArrayList<String>();
    parent.fieldNames().forEachRemaining(names::add);
    var name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(9)) {
      case 0 -> parent.remove(name);
      case 1 -> parent.put(name, "x");
      case 2 -> parent.put(name, -1);
      case 3 -> parent.putArray(name).add(1);
      case 4 -> parent.put(name, 3_000_000_000L);
      case 5 -> parent.put(name, Long.MIN_VALUE);
      case 6 -> parent.put(name, new BigInteger("99999999999999999999"));
      case 7 -> parent.putObject(name).put("surprise", true);
      default -> parent.putNull(name);
    }
  }

  private static Schema published() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
  }

  private static int index(List<String> lines, String line) {
    int found = lines.indexOf(line);
    assertThat(found).as(line).isNotNegative();
    return found;
  }

  private static ClusterView good(String text) {
    return switch (ViewFile.read(text)) {
      case ViewFile.Read.Good(var view) -> view;
      case ViewFile.Read.Bad(var objections) -> throw new AssertionError(objections);
    };
  }

  private static List<Objection> bad(String text) {
    return switch (ViewFile.read(text)) {
      case ViewFile.Read.Good good -> throw new AssertionError("read: " + text);
      case ViewFile.Read.Bad(var objections) -> objections;
    };
  }

  private static final class FromComments implements Descriptions {
    @Override
    public Optional<String> ofRecord(Class<?> type) {
      return Optional.of(Comments.of(type).summary()).filter(text -> !text.isEmpty());
    }

    @Override
    public Optional<String> ofComponent(Class<?> type, String component) {
      return Optional.ofNullable(Comments.of(type).components().get(component));
    }
  }
}
