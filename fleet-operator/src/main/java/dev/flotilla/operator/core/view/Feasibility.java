package dev.flotilla.operator.core.view;

import dev.flotilla.operator.core.view.Explained.Answer;
import dev.flotilla.topology.model.MemberName;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the engine says about where the copies on some members may go if those members leave
/// together, and about copies that are nowhere.
///
/// It is asked before anything is marked, and again while data moves.
///
/// Source: R63 in docs/requirements.md; docs/adr/0025-asked-before-it-is-marked.md
///
/// @param leaving the members that were asked about together
/// @param copies how many copies there were to ask about: those on the members and those that are
///   nowhere
/// @param explained what the engine said of them, as far as it was asked: those that are nowhere
///   first
public record Feasibility(SortedSet<MemberName> leaving, int copies, List<Explained> explained) {

  /// How many kinds of objection are quoted at most.
  private static final int MAX_WORDS = 3;

  public Feasibility {
    leaving = Collections.unmodifiableSortedSet(new TreeSet<>(leaving));
    explained = List.copyOf(explained);
  }

  /// Whether it was asked about these members together: about more of them is as good, because then
  /// there were fewer places.
  public boolean isAbout(Collection<MemberName> members) {
    return leaving.containsAll(members);
  }

  /// The copies on a member that no other member takes, and waiting does not help.
  public List<Explained> without(MemberName member) {
    return stuck().stream()
        .filter(it -> it.copy().at().filter(member.value()::equals).isPresent())
        .toList();
  }

  /// The copies that are nowhere because no member takes them, and waiting does not help.
  public List<Explained> neverPlaced() {
    return stuck().stream().filter(it -> it.copy().at().isEmpty()).toList();
  }

  /// Why a member cannot be emptied, in the engine's words about the first copy that stays.
  public String words(MemberName member) {
    return words(without(member));
  }

  /// One clause for people.
  ///
  /// @param stuck at least one
  private static String words(List<Explained> stuck) {
    var first = stuck.getFirst();
    var said =
        first.objections().stream()
            .map(it -> "%s says \"%s\" of %d".formatted(it.decider(), it.words(), it.members()))
            .collect(Collectors.joining("; "));
    return "%d of its copies have nowhere to go. Of shard %d of index %s the engine says: %s"
        .formatted(
            stuck.size(),
            first.copy().shard(),
            first.copy().index(),
            said.isEmpty() ? "no member takes it" : said);
  }

  /// What it says of copies on a member that are not stuck, one clause for people.
  public String hopes(MemberName member) {
    var here =
        explained.stream()
            .filter(it -> it.copy().at().filter(member.value()::equals).isPresent())
            .toList();
    long free = here.stream().filter(it -> it.answer() == Answer.CAN_GO).count();
    var waits =
        here.stream()
            .filter(it -> it.answer() == Answer.WAITS)
            .flatMap(it -> it.objections().stream())
            .map(it -> "%s says \"%s\"".formatted(it.decider(), it.words()))
            .distinct()
            .limit(MAX_WORDS)
            .collect(Collectors.joining("; "));
    return "of %d copies that it was asked about %d may go at once%s"
        .formatted(here.size(), free, waits.isEmpty() ? "" : ", others wait: " + waits);
  }

  private List<Explained> stuck() {
    return explained.stream().filter(it -> it.answer() == Answer.STAYS).toList();
  }
}
