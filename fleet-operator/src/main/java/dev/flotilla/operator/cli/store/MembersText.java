package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.cli.output.Mark;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Table;
import dev.flotilla.operator.cli.output.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How the store is, for people: who acts and who leads, a line for each voter, then what is
/// missing.
///
/// @param screen what can be shown
record MembersText(Screen screen) {

  private static final List<String> COLUMNS =
      List.of("", "VOTER", "ROLE", "APPLIED", "LAG", "OPERATOR", "MESSAGE");

  List<String> lines(StoreMembers store) {
    var lines = new ArrayList<String>();
    lines.add("epoch   %s, acting %s".formatted(store.epoch(), shown(store.acting())));
    if (store.voters().isEmpty()) {
      lines.add("the operators do not vote on this store");
    } else {
      lines.add(
          "leader  %s, term %d, store time %s"
              .formatted(shown(store.leader()), store.term(), age(store.storeSeconds())));
      if (screen.isUnlimited()) {
        lines.add("store   " + store.store());
      }
      var rows = store.voters().stream().map(this::row).toList();
      lines.addAll(new Table(COLUMNS, List.of(3, 5), rows).lines(screen.width()));
    }
    var mark = (store.isWell() ? Mark.WARN : Mark.FAIL).sign(screen.unicode()) + " ";
    store.missing().forEach(line -> lines.addAll(Words.wrap(mark, line, screen.width())));
    return lines;
  }

  private List<String> row(StoreMembers.Voter voter) {
    return List.of(
        mark(voter).sign(screen.unicode()),
        voter.name(),
        shown(voter.role()),
        number(voter.applied()),
        number(voter.lag()),
        shown(voter.pod()),
        voter.why());
  }

  private static Mark mark(StoreMembers.Voter voter) {
    return voter.counts() ? Mark.OK : voter.role().isEmpty() ? Mark.FAIL : Mark.WORKING;
  }

  private static String shown(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private static String number(long value) {
    return value < 0 ? "-" : Long.toString(value);
  }

  private String age(long seconds) {
    return Words.age(screen.now().minus(Duration.ofSeconds(seconds)), screen.now());
  }
}
