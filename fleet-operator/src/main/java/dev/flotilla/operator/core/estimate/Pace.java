package dev.flotilla.operator.core.estimate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How fast data leaves a member that drains: what is needed of the past to say when it will be
/// empty. Kept in memory; who takes over begins anew.
///
/// What counts is each moment at which less was left than ever before. Between two of them the pace
/// is even, whether data leaves in a stream or in lumps: the time since the last one says nothing
/// of the pace until it is long.
///
/// Source: UX-10 in docs/requirements.md
///
/// @param began when the member was seen to drain first
/// @param seen when it was looked at last
/// @param most bytes that were ever left
/// @param copies of shards that were left then
/// @param edges what was left when it became less, the oldest first; never empty
public record Pace(Instant began, Instant seen, long most, int copies, List<Edge> edges) {

  /// Before that nobody is told an end.
  static final Duration EARLY = Duration.ofMinutes(1);

  /// As long as less than this part of all has left, one of so many, nobody is told an end.
  static final int EARLY_PART = 50;

  /// After so long without anything that has left nobody is told an end any more.
  static final Duration STALLED = Duration.ofMinutes(2);

  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration APART = Duration.ofSeconds(10);

  /// Data that leaves in large lumps needs more than the window to be judged by.
  private static final int LUMPS = 6;

  public Pace {
    edges = List.copyOf(edges);
    if (edges.isEmpty()) {
      throw new IllegalArgumentException("a pace begins somewhere");
    }
  }

  /// What was left at a moment at which something had left.
  ///
  /// @param left in bytes
  public record Edge(Instant at, long left) {}

  /// Of a member that was just seen to drain.
  ///
  /// @param left bytes that have still to leave it
  /// @param copies of shards on it
  public static Pace begun(Instant at, long left, int copies) {
    return new Pace(at, at, left, copies, List.of(new Edge(at, left)));
  }

  /// The same after the next look. More may be left than ever before: people write meanwhile, and
  /// an engine may count a new copy seconds late. What has left by then stays the same. A copy that
  /// has just arrived may be counted on both sides for a moment, so a copy less never makes more
  /// bytes.
  public Pace next(Instant at, long left, int copiesLeft) {
    var grown = grown(Math.max(0, left - most));
    boolean moved = left < grown.last().left() || copiesLeft < copies;
    return new Pace(
        began,
        at,
        grown.most(),
        Math.min(copies, copiesLeft),
        moved ? grown.with(new Edge(at, Math.min(left, grown.last().left()))) : grown.edges());
  }

  private Pace grown(long bytes) {
    var all = edges.stream().map(edge -> new Edge(edge.at(), edge.left() + bytes)).toList();
    return bytes == 0 ? this : new Pace(began, seen, most + bytes, copies, all);
  }

  /// Steps that follow each other closely are one; what is older than the window goes, except for
  /// the lumps that it takes to judge.
  private List<Edge> with(Edge edge) {
    var all = new ArrayList<>(edges);
    boolean close =
        all.size() > 1
            && Duration.between(all.get(all.size() - 2).at(), edge.at()).compareTo(APART) < 0;
    if (close) {
      all.removeLast();
    }
    all.add(edge);
    while (all.size() > LUMPS && !all.get(1).at().isAfter(edge.at().minus(WINDOW))) {
      all.removeFirst();
    }
    return all;
  }

  private Edge last() {
    return edges.getLast();
  }

  /// What can be said of its end, as of the last look.
  public Outlook outlook() {
    if (copies == 0) {
      return new Outlook.Unclear();
    }
    if (Duration.between(last().at(), seen).compareTo(STALLED) >= 0) {
      return new Outlook.Stalled(last().at());
    }
    boolean early =
        Duration.between(began, seen).compareTo(EARLY) < 0
            || (most - last().left()) < most / EARLY_PART;
    double pace = pace(edges.getFirst(), last());
    return early || pace <= 0 ? new Outlook.Unclear() : ends(pace);
  }

  private Outlook ends(double pace) {
    var middle = edges.get(edges.size() / 2);
    double fastest = pace;
    double slowest = pace;
    for (double half : List.of(pace(edges.getFirst(), middle), pace(middle, last()))) {
      if (half > 0) {
        fastest = Math.max(fastest, half);
        slowest = Math.min(slowest, half);
      }
    }
    return new Outlook.Ends(Math.round(pace), after(pace), after(fastest), after(slowest));
  }

  /// When nothing is left at this pace; not before the last look, which saw something.
  private Instant after(double pace) {
    var end = last().at().plusSeconds(Math.round(last().left() / pace));
    return end.isBefore(seen) ? seen : end;
  }

  /// Bytes a second between two moments; 0 if they are one.
  private static double pace(Edge from, Edge to) {
    double seconds = Duration.between(from.at(), to.at()).toMillis() / 1000.0;
    return seconds <= 0 ? 0 : (from.left() - to.left()) / seconds;
  }
}
