package dev.flotilla.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.cli.about.Suggestions;
import dev.flotilla.operator.cli.call.HomeCluster;
import dev.flotilla.operator.cli.call.Surroundings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `kubectl` gets when somebody presses the tabulator after `kubectl flotilla`.
class SuggestionsTest {

  private static List<String> of(String... words) {
    var surroundings =
        Surroundings.ofThisProcess(
            "/home/ann/bin/kubectl_complete-flotilla", Map.of(), HomeCluster.ofKubeconfig());
    return Suggestions.of(Flotilla.commandLine(surroundings), List.of(words));
  }

  @Test
  void everyVerb() {
    assertThat(of("")).contains("describe", "explain", "plan", "status", "version").endsWith(":4");
  }

  @Test
  void theRestOfAVerb() {
    assertThat(of("de")).containsExactly("describe", ":4");
  }

  @Test
  void theOptionsOfAVerb() {
    assertThat(of("plan", "--v")).contains("--view").endsWith(":4");
  }

  @Test
  void theWordsOfAnOption() {
    assertThat(of("completion", "f")).containsExactly("fish", ":4");
  }

  /// Names of databases would have to be asked for; a file is what `-f` takes.
  @Test
  void filesWhereNoWordIsKnown() {
    assertThat(of("plan", "-f", "sam")).containsExactly(":0");
  }
}
