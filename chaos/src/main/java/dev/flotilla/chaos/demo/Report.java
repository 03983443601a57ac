package dev.flotilla.chaos.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the demo has verified.
///
/// @param database as commands take it
/// @param documents how many were loaded, and counted after every step
/// @param pod after its pod was deleted
/// @param watched how long nothing was doubled while a node was silent
/// @param node after its node was declared out of service
/// @param members at the end, by name
public record Report(
    String database,
    long documents,
    Healing pod,
    Duration watched,
    Healing node,
    List<Member> members) {

  private static final List<String> COLUMNS =
      List.of("MEMBER", "ZONE", "NODE", "VOLUME", "STATE", "DOCUMENTS");

  public Report {
    members = List.copyOf(members);
  }

  /// A member at the end.
  ///
  /// @param documents in the copies of shards that it holds
  public record Member(
      String name, String zone, String node, String volume, String state, long documents) {

    List<String> cells() {
      return List.of(name, zone, node, volume, state, String.format(Locale.ROOT, "%,d", documents));
    }
  }

  /// Commands that work as they stand.
  public List<String> commands() {
    String[] name = database.split("/");
    return List.of(
        "./flotilla status " + database,
        "./flotilla kubectl -n %s get dbc,dbp,pods,pvc".formatted(name[0]),
        "./flotilla kubectl -n %s delete pod %s".formatted(name[0], members.getFirst().name()));
  }

  /// The table of members.
  public List<String> table() {
    List<List<String>> rows = new ArrayList<>(List.of(COLUMNS));
    members.forEach(member -> rows.add(member.cells()));
    return rows.stream().map(row -> line(rows, row)).toList();
  }

  private static String line(List<List<String>> rows, List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < COLUMNS.size(); column++) {
      int width = width(rows, column);
      boolean number = column == COLUMNS.size() - 1;
      String gap = " ".repeat(width - row.get(column).length());
      line.append(number ? gap + row.get(column) : row.get(column) + gap).append("  ");
    }
    return line.toString().stripTrailing();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().map(row -> row.get(column)).mapToInt(String::length).max().orElse(0);
  }
}
