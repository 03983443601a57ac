package dev.flotilla.operator.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {

  /// What `kubectl` sends for a word without quotes.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no | false",
        "n | false",
        "On | true",
        "true | true",
        "~ | null",
        "null | null",
        "3 | 3",
        "010 | 8",
        "0x1F | 31",
        "1_000 | 1000",
        "-7 | -7",
        "9.5 | 9.5",
        "1e3 | 1E+3",
        "9.5.3 | \"9.5.3\"",
        "1:30 | \"1:30\"",
        "2026-01-31 | \"2026-01-31\"",
        "08 | 8",
        "10Gi | \"10Gi\"",
        "99999999999999999999 | 99999999999999999999",
      })
  void readsWordsAsKubectlDoes(String word, String json) {
    assertThat(tree("a: " + word).path("a").toString()).isEqualTo(json);
  }

  @Test
  void quotesMakeText() {
    assertThat(tree("a: 'no'\nb: \"3\"\nc: |\n  no\n").toString())
        .isEqualTo("{\"a\":\"no\",\"b\":\"3\",\"c\":\"no\\n\"}");
  }

  @Test
  void everyValueAndFieldHasItsPlace() {
    var document = document("spec:\n  zones: [a, bb]\n  config:\n    cluster.name: x\n");

    assertThat(document.valueAt("/spec/zones/1")).isEqualTo(new Spot(2, 14, 2));
    assertThat(document.keyAt("/spec/zones")).isEqualTo(new Spot(2, 3, 5));
    assertThat(document.valueAt("/spec/config/cluster.name")).isEqualTo(new Spot(4, 19, 1));
  }

  @Test
  void ofWhatIsMissingTheFieldThatShouldContainItIsTaken() {
    var document = document("spec:\n  pools:\n    - name: data\n");

    assertThat(document.valueAt("/spec/pools/0/storage/size")).isEqualTo(new Spot(3, 7, 1));
    assertThat(document.valueAt("/spec/engine/version")).isEqualTo(new Spot(1, 1, 4));
    assertThat(document.valueAt("/metadata")).isEqualTo(new Spot(1, 1, 1));
  }

  @Test
  void aFieldThatIsWrittenTwiceIsToldOf() {
    var document = document("a: 1\nb:\n  c: 1\n  c: 2\n");

    assertThat(document.objections())
        .containsExactly(
            new Objection(
                new Spot(4, 3, 1),
                "b.c",
                "is written twice, and only the last one counts",
                "take one of them out"));
    assertThat(document.tree().at("/b/c").asInt()).isEqualTo(2);
  }

  @Test
  void anchorsAndMergesAreFollowed() {
    var tree =
        tree(
            """
            x: &x {a: 1, b: 2}
            y:
              b: 3
              <<: *x
            z: *x
            list: &list [*x, 1]
            again: *list
            """);

    assertThat(tree.path("y").toString()).isEqualTo("{\"a\":1,\"b\":3}");
    assertThat(tree.path("z").toString()).isEqualTo("{\"a\":1,\"b\":2}");
    assertThat(tree.path("again").toString()).isEqualTo("[{\"a\":1,\"b\":2},1]");
  }

  @Test
  void whatIsNotYamlIsPointedAt() {
    var file = YamlFile.read("a: 1\nb: [1, 2\nc: 3\n");

    assertThat(file.unreadable())
        .singleElement()
        .satisfies(objection -> assertThat(objection.spot().line()).isEqualTo(3));
  }

  @Test
  void bombsAreRefused() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    }

    assertThat(YamlFile.read(bomb.toString()).unreadable()).isNotEmpty();
    assertThat(YamlFile.read("[".repeat(5000)).unreadable()).isNotEmpty();
    assertThat(YamlFile.read("a: &a [*a]\n").unreadable()).isNotEmpty();
  }

  @Test
  void pathsOfTheApiServerFindTheirPlace() {
    var tree = tree("spec:\n  config:\n    cluster.name: x\n  pools: [{name: a}]\n");

    assertThat(FieldPath.pointer(tree, "spec.config.cluster.name"))
        .isEqualTo("/spec/config/cluster.name");
    assertThat(FieldPath.pointer(tree, "spec.config[cluster.name]"))
        .isEqualTo("/spec/config/cluster.name");
    assertThat(FieldPath.pointer(tree, "spec.pools[0].name")).isEqualTo("/spec/pools/0/name");
    assertThat(FieldPath.ofPointer("/spec/pools/0/name")).isEqualTo("spec.pools[0].name");
    assertThat(FieldPath.ofPointer("/spec/config/cluster.name"))
        .isEqualTo("spec.config[cluster.name]");
  }

  private static JsonNode tree(String text) {
    return document(text).tree();
  }

  private static YamlDocument document(String text) {
    var file = YamlFile.read(text);
    assertThat(file.unreadable()).isEmpty();
    return file.documents().getFirst();
  }
}
