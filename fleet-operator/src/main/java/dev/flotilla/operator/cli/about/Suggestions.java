package dev.flotilla.operator.cli.about;

import java.util.ArrayList;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;

/// What may stand at the end of a command line that is being typed, as `kubectl` asks the program
/// `kubectl_complete-NAME` beside the plug-in `kubectl-NAME`: one word a line, and then what the
/// shell shall make of it.
///
/// Source: [kubernetes#105867](https://github.com/kubernetes/kubernetes/pull/105867)
public final class Suggestions {

  /// The shell adds the names of files only where no word is known.
  private static final String WITH_FILES = ":0";

  private static final String WORDS_ALONE = ":4";

  private Suggestions() {}

  /// The lines that are to be printed.
  ///
  /// @param line the command line without its name
  /// @param words typed so far; the last one, which may be empty, is to be completed
  public static List<String> of(CommandLine line, List<String> words) {
    var typed = words.isEmpty() ? List.of("") : words;
    var last = typed.getLast();
    var endings = new ArrayList<CharSequence>();
    AutoComplete.complete(
        line.getCommandSpec(),
        typed.toArray(String[]::new),
        typed.size() - 1,
        last.length(),
        String.join(" ", typed).length(),
        endings);
    var suggestions = new ArrayList<String>();
    endings.stream().map(ending -> last + ending).sorted().distinct().forEach(suggestions::add);
    suggestions.add(suggestions.isEmpty() ? WITH_FILES : WORDS_ALONE);
    return suggestions;
  }
}
