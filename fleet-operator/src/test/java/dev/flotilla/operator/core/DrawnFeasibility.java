package dev.flotilla.operator.core;

import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.Feasibility;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.model.MemberName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What the engine of a [Drawing] says about where copies may go.
///
/// `explains c1 c2 stay c2 by awareness` was asked about two members, and a copy on one of them
/// stays, because a decider says no. `wait` in place of `stay` is what passes by itself; `explains
/// silent` knows nothing. Without such a line it was asked about everybody, and everything may go.
///
/// @param line empty if there is none
record DrawnFeasibility(String line) {

  static final String WORDS = "no room for this copy here";

  /// @param all members that are drawn
  /// @param placeless copies that are nowhere and have no place
  Reading<Feasibility> said(SortedSet<MemberName> all, List<Evacuation.Copy> placeless) {
    if (line.endsWith("silent")) {
      return new Reading.Unknown<>("it answers 503");
    }
    var about = new TreeSet<MemberName>();
    var explained = new ArrayList<Explained>();
    placeless.forEach(copy -> explained.add(explained(copy, Explained.Answer.STAYS)));
    var mode = "";
    for (var word : line.split(" ")) {
      if (List.of("explains", "stay", "wait", "by").contains(word)) {
        mode = word;
      } else if (mode.equals("explains") && !word.equals("nobody")) {
        about.add(Drawing.member(word));
      } else if (mode.equals("stay") || mode.equals("wait")) {
        var answer = mode.equals("stay") ? Explained.Answer.STAYS : Explained.Answer.WAITS;
        explained.add(explained(copyOn(Drawing.member(word)), answer));
      }
    }
    var said = new Feasibility(line.isEmpty() ? all : about, explained.size(), explained);
    return new Reading.Known<>(said, Drawing.NOW);
  }

  private static Evacuation.Copy copyOn(MemberName member) {
    return new Evacuation.Copy(
        "orders", 3, true, Optional.of(member.value()), Optional.empty(), Optional.empty());
  }

  private Explained explained(Evacuation.Copy copy, Explained.Answer answer) {
    var decider = line.contains(" by ") ? line.substring(line.indexOf(" by ") + 4) : "same_shard";
    return new Explained(copy, answer, List.of(new Explained.Objection(decider, WORDS, 2)));
  }
}
