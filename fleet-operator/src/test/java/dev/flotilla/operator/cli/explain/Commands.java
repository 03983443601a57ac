package dev.flotilla.operator.cli.explain;

import dev.flotilla.operator.cli.Flotilla;
import dev.flotilla.operator.cli.call.HomeCluster;
import dev.flotilla.operator.cli.call.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;

/// Says why a command that is printed would not be understood by the program that it names.
final class Commands {

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /// Options of every verb of `kubectl`; the value tells whether one takes a value of its own.
  private static final Map<String, Boolean> EVERYWHERE =
      Map.of("-n", true, "-l", true, "-A", false);

  private static final Map<String, Map<String, Boolean>> VERBS =
      Map.ofEntries(
          Map.entry(
              "get",
              Map.of(
                  "-o",
                  true,
                  "--label-columns",
                  true,
                  "--raw",
                  true,
                  "--show-labels",
                  false,
                  "--show-managed-fields",
                  false)),
          Map.entry("describe", Map.of()),
          Map.entry("logs", Map.of("--tail", true, "--previous", false)),
          Map.entry("edit", Map.of()),
          Map.entry("apply", Map.of("-f", true)),
          Map.entry("create", Map.of("-f", true)),
          Map.entry("patch", Map.of("--type", true, "-p", true)),
          Map.entry("label", Map.of()),
          Map.entry("annotate", Map.of("--overwrite", false)),
          Map.entry("delete", Map.of()),
          Map.entry("taint", Map.of()),
          Map.entry("uncordon", Map.of()),
          Map.entry("rollout", Map.of()),
          Map.entry("auth", Map.of("--list", false, "--as", true)));

  private Commands() {}

  static List<String> objections(String command) {
    var words =
        WORD.matcher(command)
            .results()
            .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
            .toList();
    var arguments = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "kubectl" -> kubectl(arguments);
      case "flotilla" -> flotilla(arguments);
      default -> List.of("no program is called " + words.getFirst());
    };
  }

  private static List<String> flotilla(List<String> arguments) {
    var surroundings = Surroundings.ofThisProcess("flotilla", Map.of(), HomeCluster.ofKubeconfig());
    try {
      Flotilla.commandLine(surroundings).parseArgs(arguments.toArray(String[]::new));
      return List.of();
    } catch (CommandLine.ParameterException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> kubectl(List<String> arguments) {
    var known = VERBS.get(arguments.getFirst());
    if (known == null) {
      return List.of("kubectl has no verb " + arguments.getFirst());
    }
    var objections = new ArrayList<String>();
    var rest = new ArrayList<>(arguments.subList(1, arguments.size()));
    int named = 0;
    while (!rest.isEmpty()) {
      var word = rest.removeFirst();
      if (!word.startsWith("-")) {
        named++;
        continue;
      }
      var option = word.split("=", 2);
      var takes = known.getOrDefault(option[0], EVERYWHERE.get(option[0]));
      if (takes == null) {
        objections.add("kubectl " + arguments.getFirst() + " has no option " + option[0]);
      } else if (takes && option.length == 1 && (rest.isEmpty() || rest.getFirst().isEmpty())) {
        objections.add(word + " needs a value");
      } else if (takes && option.length == 1) {
        rest.removeFirst();
      }
    }
    if (named == 0 && !Set.of("get", "logs", "apply").contains(arguments.getFirst())) {
      objections.add("kubectl " + arguments.getFirst() + " needs an object");
    }
    return objections;
  }
}
