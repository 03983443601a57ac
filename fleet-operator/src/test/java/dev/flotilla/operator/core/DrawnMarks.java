package dev.flotilla.operator.core;

import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineMarks.By;
import dev.flotilla.operator.core.view.EngineMarks.ForeignMark;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What keeps data off members in a [Drawing], as an engine tells it.
///
/// `excludes _ip 10.0.2.1` is an entry of somebody else's; members `a1`, `b2` have the addresses
/// `10.0.0.1` and `10.0.1.2`. `excludes transient _id of a1` is one by the engine's id, `excludes
/// _name of a1` one in the operator's own list.
///
/// @param lines each such entry
record DrawnMarks(List<String> lines) {

  static final String LIST = "exclude._name";

  /// @param uuid of the database
  /// @param ours names of members that the operator has marked
  EngineMarks told(String uuid, SortedSet<String> ours, Optional<String> hidden) {
    var named = new TreeSet<>(ours);
    entries().stream().filter(DrawnMarks::isInList).forEach(entry -> named.add(entry.text()));
    return new EngineMarks(
        new EngineMarks.Evidence(uuid, 1, 1),
        LIST,
        named,
        entries().stream().filter(entry -> !isInList(entry)).toList(),
        hidden);
  }

  private static boolean isInList(ForeignMark entry) {
    return entry.setting().equals(LIST) && !entry.passing();
  }

  private List<ForeignMark> entries() {
    return lines.stream().map(DrawnMarks::entry).toList();
  }

  private static ForeignMark entry(String line) {
    boolean passing = line.contains(" transient ");
    var words = line.replace(" transient ", " ").split(" ");
    var by =
        switch (words[1]) {
          case "_name" -> By.NAME;
          case "_ip" -> By.ADDRESS;
          case "_id" -> By.ID;
          default -> By.OTHER;
        };
    return new ForeignMark("exclude." + words[1], passing, by, text(words, by));
  }

  private static String text(String[] words, By by) {
    if (!words[2].equals("of")) {
      return words[2];
    }
    var name = Drawing.member(words[3]).value();
    return by == By.ID ? id(name) : name;
  }

  /// What the engine itself calls a member.
  static String id(String name) {
    return "id-of-" + name;
  }
}
