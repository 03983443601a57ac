package dev.flotilla.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.operator.cli.EveryVerbTest.Call;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a command prints for people stands in the document that it prints for programs.
class SameFactsTest {

  /// What only says how a fact is called, or joins two of them.
  private static final Set<String> LABELS =
      Set.of(
          ("ZONE MEMBER STATE REASON NODE VOLUME DATABASE SINCE READY ZONES ENGINE OBJECT MESSAGE"
                  + " ready zones address database needs need you working fine unknown in progress"
                  + " or nothing is held serves safe gate rule what engine means cause again ways"
                  + " out the least risk first do client operator resources ok Plan for generation"
                  + " revision changed. create remove change by zone after members voters"
                  + " yet to start join ago plan held. Facts old. Unknown VOTER ROLE APPLIED LAG OPERATOR"
                  + " epoch acting leader term store time next databases recorded differences"
                  + " DIFFERENCE SUBJECT engines not asked foreseen state moved copies bytes left"
                  + " Nothing be taken back. NAMESPACE SIZE KEPT UNTIL")
              .split(" "));

  static Stream<Call> calls() {
    return EveryVerbTest.calls().stream()
        .filter(call -> EveryVerbTest.documented().contains(call.verb()))
        .filter(call -> call.exit() == 0 || call.exit() == 3 || call.exit() == 4);
  }

  @Test
  void everyVerbThatPrintsDocumentsIsWalked() {
    assertThat(calls().map(Call::verb).distinct())
        .containsExactlyInAnyOrderElementsOf(EveryVerbTest.documented());
  }

  @Tag("UX-4")
  @ParameterizedTest
  @MethodSource("calls")
  void everyWordOfTheTextStandsInTheDocument(Call call) {
    try (var server = new PlayedApiServer()) {
      call.situation().accept(server);
      var run = new CommandRun(server::config);
      run.run(words(call, List.of()));
      var text = run.out();
      if (text.isEmpty()) {
        return; // a refusal is told on standard error, and is no document either
      }
      assertThat(run.run(words(call, List.of("-o", "json")))).isEqualTo(call.exit());

      var facts = new HashSet<String>();
      collect(run.json(), facts);
      assertThat(text.split("[\\s,;:()·›]+"))
          .filteredOn(word -> word.matches(".*\\w.*"))
          .filteredOn(word -> !LABELS.contains(word) && !isAge(word))
          .allSatisfy(word -> assertThat(facts).contains(word));
    }
  }

  private static boolean isAge(String word) {
    return word.matches("\\d+(s|m|d)|\\d+h\\d\\dm");
  }

  /// Every word of a document, what it counts, and a zone with its members as `a2`.
  private static void collect(JsonNode node, Set<String> facts) {
    if (node.isArray()) {
      for (int count = 0; count <= node.size(); count++) {
        facts.add(Integer.toString(count));
      }
    }
    if (node.has("name") && node.has("ready")) {
      facts.add(node.get("name").asText() + node.get("ready").asText());
    }
    if (node.has("name") && node.has("members")) {
      facts.add(node.get("name").asText() + node.get("members").asText());
    }
    if (node.has("namespace") && node.has("name")) {
      facts.add(node.get("namespace").asText() + "/" + node.get("name").asText());
    }
    if (node.isValueNode()) {
      var words = node.asText();
      facts.addAll(List.of(words.split("[\\s,;:()·›]+")));
      if (words.matches("[A-Z]+")) { // a word of a list, which people read in small letters
        facts.add(words.toLowerCase(Locale.ROOT));
      }
    }
    node.forEach(child -> collect(child, facts));
  }

  private static String[] words(Call call, List<String> more) {
    var words = new ArrayList<>(call.words());
    words.addAll(more);
    return words.toArray(String[]::new);
  }
}
