package dev.flotilla.operator.cli.status;

import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Table;
import dev.flotilla.operator.cli.output.Words;
import dev.flotilla.operator.cli.status.ClusterSheet.Finding;
import dev.flotilla.operator.cli.status.ClusterSheet.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One database on one screen: what is wrong, then its members.
///
/// Up to nine members have a line each; of more, those that are alike share a line per zone.
///
/// Source: UX-3 in docs/requirements.md.
final class ClusterText {

  /// One of these is the first line of `./flotilla`, which names the cluster.
  static final int LINES = 29;

  private static final int MEMBERS_SHOWN = 9;
  private static final List<String> COLUMNS =
      List.of("ZONE", "MEMBER", "STATE", "REASON", "NODE", "VOLUME");
  private static final List<Integer> DISPENSABLE = List.of(5, 4, 3);

  /// What members that share a line have in common.
  private record Group(String zone, String state, String reason) {}

  private final Screen screen;

  ClusterText(Screen screen) {
    this.screen = screen;
  }

  /// At most 29 lines. Findings are told whole as long as there is room for the members.
  List<String> lines(ClusterSheet sheet) {
    var lines = new ArrayList<>(Words.wrap("", headline(sheet), screen.width()));
    if (!sheet.current()) {
      lines.addAll(finding(Verdict.UNKNOWN, notSeen(sheet)));
    }
    var tail = sheet.address().isEmpty() ? "" : "address " + sheet.address();
    var members = rows(sheet);
    int room = LINES - lines.size() - (tail.isEmpty() ? 0 : 1);
    // A heading and a few members are always to be seen.
    int kept = Math.min(members.size(), MEMBERS_SHOWN) + 1;
    lines.addAll(findings(sheet, room - kept));
    room = LINES - lines.size() - (tail.isEmpty() ? 0 : 1);
    lines.addAll(table(members, room));
    if (!tail.isEmpty()) {
      lines.add(tail);
    }
    return lines;
  }

  private String headline(ClusterSheet sheet) {
    var parts = new ArrayList<>(List.of(sheet.title(), sheet.engine()));
    if (!sheet.phase().isEmpty()) {
      parts.add(sheet.phase());
      parts.add("ready " + sheet.ready());
      parts.add("zones " + sheet.spread());
    }
    return String.join(screen.unicode() ? " · " : " - ", parts);
  }

  private static String notSeen(ClusterSheet sheet) {
    return sheet.phase().isEmpty()
        ? "no operator has reported on it yet; is one running?"
        : "the newest specification has not been looked at yet; what follows is about an older one";
  }

  private List<String> findings(ClusterSheet sheet, int room) {
    var lines = new ArrayList<String>();
    var left = new ArrayList<>(sheet.findings());
    for (Finding finding : sheet.findings()) {
      var told = finding(finding);
      // The gravest is told in any case; one line must stay for the count of the others.
      if (!lines.isEmpty() && lines.size() + told.size() + 1 > room) {
        break;
      }
      lines.addAll(told);
      left.removeFirst();
    }
    if (!left.isEmpty()) {
      lines.add("  and " + left.size() + " more: -o json");
    }
    return lines;
  }

  private List<String> finding(Finding finding) {
    var age = Words.age(finding.since(), screen.now());
    return finding(finding.verdict(), finding.reason() + " " + age + ": " + finding.message());
  }

  private List<String> finding(Verdict verdict, String text) {
    return Words.wrap(verdict.mark(screen.unicode()) + " ", text, screen.width());
  }

  private static List<List<String>> rows(ClusterSheet sheet) {
    if (sheet.members().size() <= MEMBERS_SHOWN) {
      return sheet.members().stream()
          .sorted(Comparator.comparing(Member::zone).thenComparing(Member::name))
          .map(ClusterText::row)
          .toList();
    }
    Map<Group, List<Member>> groups =
        sheet.members().stream()
            // What is not as it should be comes first.
            .sorted(Comparator.comparing(Member::isActive).thenComparing(Member::zone))
            .collect(
                Collectors.groupingBy(
                    member -> new Group(member.zone(), member.state(), member.reason()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return groups.values().stream().map(ClusterText::row).toList();
  }

  private static List<String> row(List<Member> alike) {
    var first = alike.getFirst();
    return alike.size() == 1
        ? row(first)
        : List.of(first.zone(), alike.size() + " members", first.state(), first.reason(), "", "");
  }

  private static List<String> row(Member member) {
    return List.of(
        member.zone(),
        member.name(),
        member.state(),
        member.reason(),
        member.node(),
        member.volume());
  }

  private List<String> table(List<List<String>> rows, int room) {
    if (rows.isEmpty()) {
      return List.of("no members yet");
    }
    boolean all = rows.size() + 1 <= room;
    var shown = all ? rows : rows.subList(0, Math.max(1, room - 2));
    var lines = new ArrayList<>(new Table(COLUMNS, DISPENSABLE, shown).lines(screen.width()));
    if (!all) {
      lines.add("and " + (rows.size() - shown.size()) + " more lines: -o json");
    }
    return lines;
  }
}
