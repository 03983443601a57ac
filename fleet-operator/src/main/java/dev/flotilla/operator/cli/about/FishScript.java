package dev.flotilla.operator.cli.about;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The same completion for fish, which the command line library does not write.
final class FishScript {

  private FishScript() {}

  static String of(String program, CommandSpec root) {
    var lines = new ArrayList<>(List.of("complete -c " + program + " -f"));
    add(lines, program, "__fish_use_subcommand", root);
    return String.join("\n", lines);
  }

  /// @param where when the commands below that one may be typed
  private static void add(List<String> lines, String program, String where, CommandSpec parent) {
    parent
        .subcommands()
        .forEach((name, command) -> {
          var spec = command.getCommandSpec();
          var seen = "'__fish_seen_subcommand_from %s'".formatted(name);
          lines.add(
              "complete -c %s -n %s -a %s -d %s"
                  .formatted(program, where, name, quoted(spec.usageMessage().description())));
          spec.options().stream()
              .filter(option -> !option.hidden())
              .map(option -> "complete -c %s -n %s%s".formatted(program, seen, option(option)))
              .forEach(lines::add);
          add(lines, program, seen, spec);
        });
  }

  private static String option(OptionSpec option) {
    var words = new StringBuilder();
    for (String name : option.names()) {
      words.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      words.append(" -r");
      if (option.completionCandidates() != null) {
        words
            .append(" -a '")
            .append(
                StreamSupport.stream(option.completionCandidates().spliterator(), false)
                    .collect(Collectors.joining(" ")))
            .append('\'');
      }
    }
    return words.append(" -d ").append(quoted(option.description())).toString();
  }

  private static String quoted(String... description) {
    var first = description.length == 0 ? "" : description[0];
    return "'" + first.replaceAll("\\$\\{[^}]*}", "...").replace("'", "\\'") + "'";
  }
}
