package dev.flotilla.operator.cli;

import static dev.flotilla.operator.core.Drawing.LOST_POD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.operator.cli.call.HomeCluster;
import dev.flotilla.operator.cli.call.Surroundings;
import dev.flotilla.operator.cli.output.Terminal;
import dev.flotilla.operator.cli.status.Fixtures;
import dev.flotilla.operator.core.Drawing;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// What every command keeps to: how it ends, and what it prints where.
@Timeout(60)
class EveryVerbTest {

  private static final Pattern EXIT_CODE = Pattern.compile("(?m)^ {1,3}(\\d+) {2,}\\S");
  private static final String GROUP = "/apis/flotilla.dev";
  private static final String ONE = GROUP + "/v1alpha1/namespaces/shop/databaseclusters/search";
  private static final String ALL = GROUP + "/v1alpha1/databaseclusters";
  private static final String NO_ZONE =
      "pool data wants 6\nnode nc gone\nengine silent\na: a1\nb: b1[no pod]\nc: c1\n";
  private static final String OPERATORS = "/apis/apps/v1/namespaces/flotilla-system/deployments";

  /// A call and how it ends in that situation.
  record Call(Consumer<PlayedApiServer> situation, int exit, List<String> words) {

    static Call of(Consumer<PlayedApiServer> situation, int exit, String words) {
      return new Call(situation, exit, List.of(words.split(" ")));
    }

    String verb() {
      return words.getFirst().equals("store")
          ? String.join(" ", words.subList(0, 2))
          : words.getFirst();
    }

    @Override
    public String toString() {
      return String.join(" ", words) + " -> " + exit;
    }
  }

  private final PlayedApiServer server = new PlayedApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  static List<Call> calls() {
    var calls = new ArrayList<Call>();
    for (String verb : List.of("status", "explain", "describe")) {
      calls.add(Call.of(EveryVerbTest::fine, 0, verb + " shop/search"));
      calls.add(Call.of(PlayedApiServer::close, 1, verb + " shop/search"));
      calls.add(Call.of(EveryVerbTest::fine, 2, verb + " shop/search --colour"));
      calls.add(Call.of(server -> {}, 5, verb + " shop/search"));
      calls.add(Call.of(server -> server.refuse(403, "no"), 6, verb + " shop/search"));
    }
    calls.add(Call.of(EveryVerbTest::silent, 3, "status shop/search"));
    calls.add(Call.of(EveryVerbTest::growing, 4, "status shop/search --exit-code"));
    calls.add(Call.of(EveryVerbTest::silent, 3, "status -A"));
    calls.add(Call.of(EveryVerbTest::silent, 0, "explain shop/search"));
    calls.add(Call.of(EveryVerbTest::silent, 0, "describe shop/search --no-group"));
    calls.add(Call.of(PlayedApiServer::close, 0, "explain --reason DataMissing"));
    calls.add(Call.of(server -> planned(server, LOST_POD), 0, "plan shop/search"));
    calls.add(Call.of(server -> planned(server, LOST_POD), 4, "plan shop/search --exit-code"));
    calls.add(Call.of(server -> planned(server, NO_ZONE), 3, "plan shop/search --exit-code"));
    calls.add(Call.of(PlayedApiServer::close, 1, "plan shop/search"));
    calls.add(Call.of(server -> {}, 1, "plan shop/search"));
    calls.add(Call.of(PlayedApiServer::close, 2, "plan"));
    calls.add(Call.of(server -> PlayedOperator.refuses(server, 404, "no"), 5, "plan shop/search"));
    calls.add(Call.of(server -> server.refuse(403, "no"), 6, "plan shop/search"));
    calls.add(Call.of(PlayedApiServer::close, 0, "install --zones a,b,c --image x"));
    calls.add(Call.of(PlayedApiServer::close, 2, "install --zones a,b,c"));
    calls.add(Call.of(VolumesTest::some, 0, "volumes shop/search"));
    calls.add(Call.of(VolumesTest::some, 0, "volumes -n shop"));
    calls.add(Call.of(PlayedApiServer::close, 1, "volumes shop/search"));
    calls.add(Call.of(VolumesTest::some, 2, "volumes shop/search --colour"));
    calls.add(Call.of(VolumesTest::none, 5, "volumes shop/search"));
    calls.add(Call.of(server -> server.refuse(403, "no"), 6, "volumes shop/search"));
    calls.addAll(PlayedStore.calls());
    calls.addAll(PlayedOperations.calls());
    calls.add(Call.of(PlayedApiServer::close, 0, "version"));
    calls.add(Call.of(EveryVerbTest::installed, 0, "version --check-skew"));
    calls.add(Call.of(PlayedApiServer::close, 1, "version --check-skew"));
    calls.add(Call.of(EveryVerbTest::installed, 2, "version --skew"));
    calls.add(Call.of(EveryVerbTest::older, 3, "version --check-skew"));
    calls.add(Call.of(PlayedApiServer::close, 0, "completion bash"));
    calls.add(Call.of(PlayedApiServer::close, 0, "completion zsh"));
    calls.add(Call.of(PlayedApiServer::close, 0, "completion fish"));
    calls.add(Call.of(PlayedApiServer::close, 2, "completion tcsh"));
    calls.add(Call.of(PlayedApiServer::close, 0, "options"));
    calls.add(Call.of(PlayedApiServer::close, 2, "options all"));
    return calls;
  }

  static Stream<Terminal> terminalsThatShowNoColour() {
    var size = Optional.of("24 120");
    var utf8 = StandardCharsets.UTF_8;
    return Stream.of(
        Terminal.of(Map.of(), Optional.empty(), utf8),
        Terminal.of(Map.of("NO_COLOR", "1"), size, utf8),
        Terminal.of(Map.of("TERM", "dumb"), size, utf8),
        Terminal.of(Map.of("CI", "true"), size, utf8));
  }

  @Tag("UX-15")
  @ParameterizedTest
  @MethodSource("calls")
  void endsAsItSays(Call call) {
    call.situation().accept(server);
    var run = new CommandRun(server::config);

    assertThat(run.run(words(call))).as(run.err()).isEqualTo(call.exit());
    if (call.exit() == 0) {
      assertThat(run.err()).isEmpty();
    }
  }

  @Tag("UX-15")
  @ParameterizedTest
  @MethodSource("verbs")
  void everyExitCodeThatHelpListsIsProvoked(String verb) {
    var run = new CommandRun(server::config);
    run.run((verb + " --help").split(" "));

    var listed = new TreeSet<Integer>();
    EXIT_CODE
        .matcher(run.out().substring(run.out().indexOf("Exit codes:")))
        .results()
        .forEach(code -> listed.add(Integer.valueOf(code.group(1))));
    assertThat(calls().stream().filter(call -> call.verb().equals(verb)).map(Call::exit))
        .containsAll(listed)
        .allMatch(listed::contains);
  }

  @Tag("UX-13")
  @ParameterizedTest
  @MethodSource("terminalsThatShowNoColour")
  void noEscapeByteWhereNothingIsDrawn(Terminal terminal) {
    for (Call call : calls()) {
      try (var each = new PlayedApiServer()) {
        call.situation().accept(each);
        var run = new CommandRun(each::config, terminal);
        run.run(words(call));
        assertThat(run.out() + run.err()).as(call.toString()).doesNotContain("\u001b");
      }
    }
  }

  @Tag("UX-13")
  @Test
  void onlyAsciiWhereTheLocaleKnowsNothingElse() {
    var plain = Terminal.of(Map.of("LANG", "C"), Optional.of("24 120"), StandardCharsets.US_ASCII);
    for (Call call : calls()) {
      try (var each = new PlayedApiServer()) {
        call.situation().accept(each);
        // The stream would let more through.
        var run = new CommandRun(each::config, plain, StandardCharsets.UTF_8);
        run.run(words(call));
        assertThat(run.out() + run.err())
            .as(call.toString())
            .matches(Pattern.compile("[\\n\\x1b\\x20-\\x7e]*"));
      }
    }
  }

  @Test
  void completionKnowsEveryVerb() {
    var run = new CommandRun(server::config);
    for (String shell : List.of("bash", "zsh", "fish")) {
      run.run("completion", shell);
      assertThat(run.out())
          .contains(verbs().flatMap(verb -> Stream.of(verb.split(" "))).toList())
          .contains("request-timeout");
    }
  }

  static Stream<String> verbs() {
    return tree().keySet().stream();
  }

  /// The verbs that print documents.
  static List<String> documented() {
    return tree().entrySet().stream()
        .filter(verb -> verb.getValue().getCommandSpec().findOption("-o") != null)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Every command that does something, by what is typed for it.
  private static Map<String, CommandLine> tree() {
    var tree = new TreeMap<String, CommandLine>();
    Flotilla.commandLine(
            Surroundings.ofThisProcess("flotilla", Map.of(), HomeCluster.ofKubeconfig()))
        .getSubcommands()
        .forEach((name, command) -> {
          if (command.getSubcommands().isEmpty()) {
            tree.put(name, command);
          }
          command.getSubcommands().forEach((below, it) -> tree.put(name + " " + below, it));
        });
    return tree;
  }

  private static String[] words(Call call) {
    return call.words().toArray(String[]::new);
  }

  private static void fine(PlayedApiServer server) {
    put(server, Fixtures.fine(3));
  }

  private static void growing(PlayedApiServer server) {
    put(server, Fixtures.growing(3));
  }

  private static void silent(PlayedApiServer server) {
    put(server, Fixtures.withSilentNode(3, "Node node-a-1 does not answer."));
  }

  private static void put(PlayedApiServer server, DatabaseCluster cluster) {
    server.answer(ONE, Serialization.asJson(cluster));
    server.answer(
        ALL,
        """
        {"apiVersion": "flotilla.dev/v1alpha1", "kind": "DatabaseClusterList", "metadata": {},
         "items": [%s]}
        """
            .formatted(Serialization.asJson(cluster)));
  }

  private static void installed(PlayedApiServer server) {
    var own = new CommandRun(server::config);
    own.run("version", "-o", "name");
    install(server, own.out().strip().replace("flotilla/", ""));
  }

  private static void planned(PlayedApiServer server, String situation) {
    PlayedOperator.sees(server, Drawing.situation(situation));
  }

  private static void older(PlayedApiServer server) {
    install(server, "0.0.9");
  }

  private static void install(PlayedApiServer server, String version) {
    server.answer(
        GROUP,
        """
        {"apiVersion": "v1", "kind": "APIGroup", "name": "flotilla.dev",
         "versions": [{"groupVersion": "flotilla.dev/v1alpha1", "version": "v1alpha1"}]}
        """);
    server.answer(
        OPERATORS,
        """
        {"apiVersion": "apps/v1", "kind": "DeploymentList", "metadata": {}, "items": [
          {"metadata": {"name": "operator-a", "labels": {"app.kubernetes.io/version": "%s"}}}]}
        """
            .formatted(version));
  }
}
