package dev.flotilla.operator.core.view;

import dev.flotilla.operator.core.estimate.Outlook;
import dev.flotilla.operator.core.estimate.Pace;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the engine says about members whose data is to move away.
///
/// @param marks what keeps data off members now, whoever set it
/// @param now how far members are from holding nothing
/// @param before the same, as it was read the time before
/// @param feasibility whether what members hold has anywhere to go
/// @param still since when nothing was seen to leave a member, for each that is asked about
/// @param paces how fast data leaves those of them that are marked
public record Drainage(
    Reading<EngineMarks> marks,
    Reading<Evacuation> now,
    Reading<Evacuation> before,
    Reading<Feasibility> feasibility,
    SortedMap<MemberName, Instant> still,
    SortedMap<MemberName, Pace> paces) {

  /// Two readings closer together than this count as one.
  public static final Duration APART = Duration.ofSeconds(1);

  public Drainage {
    still = Collections.unmodifiableSortedMap(new TreeMap<>(still));
    paces = Collections.unmodifiableSortedMap(new TreeMap<>(paces));
  }

  /// Of members whose pace nobody knows.
  public Drainage(
      Reading<EngineMarks> marks,
      Reading<Evacuation> now,
      Reading<Evacuation> before,
      Reading<Feasibility> feasibility,
      SortedMap<MemberName, Instant> still) {
    this(marks, now, before, feasibility, still, Collections.emptySortedMap());
  }

  /// Nobody has answered.
  public static Drainage unknown(String why) {
    return ofMarks(new Reading.Unknown<>(why), why);
  }

  /// Only the marks were asked for. Nobody was asked about, which is no trouble of the engine's.
  ///
  /// @param why nothing else was, one clause for people
  public static Drainage ofMarks(Reading<EngineMarks> marks, String why) {
    Reading<Feasibility> aboutNobody =
        switch (marks) {
          case Reading.Unknown<EngineMarks>(var reason) -> new Reading.Unknown<>(reason);
          case Reading.Known<EngineMarks>(var known, var at) ->
              new Reading.Known<>(new Feasibility(Collections.emptySortedSet(), 0, List.of()), at);
        };
    return new Drainage(
        marks,
        new Reading.Unknown<>(why),
        new Reading.Unknown<>(why),
        aboutNobody,
        Collections.emptySortedMap());
  }

  /// What is known after the next answers. A gap in them counts as a move: nobody was watching.
  ///
  /// @param leaving members that were asked about
  public Drainage next(
      Set<MemberName> leaving,
      Reading<EngineMarks> marked,
      Reading<Evacuation> left,
      Reading<Feasibility> explained) {
    var rest = new TreeMap<MemberName, Instant>();
    if (left instanceof Reading.Known<Evacuation>(var latest, var at)) {
      for (MemberName member : leaving) {
        rest.put(member, hasRested(member, latest) ? still.getOrDefault(member, at) : at);
      }
    }
    return new Drainage(marked, left, now, explained, rest, paces(leaving, marked, left));
  }

  /// Who is not marked is not drained as yet. What was not said this time is not known to stand.
  private SortedMap<MemberName, Pace> paces(
      Set<MemberName> leaving, Reading<EngineMarks> marked, Reading<Evacuation> left) {
    var next = new TreeMap<MemberName, Pace>();
    for (MemberName member : leaving) {
      boolean drains = marked.known().map(it -> it.named().contains(member.value())).orElse(true);
      if (drains) {
        var before = Optional.ofNullable(paces.get(member));
        pace(before, member, left).or(() -> before).ifPresent(pace -> next.put(member, pace));
      }
    }
    return next;
  }

  private static Optional<Pace> pace(
      Optional<Pace> before, MemberName member, Reading<Evacuation> left) {
    if (!(left instanceof Reading.Known<Evacuation>(var latest, var at))) {
      return Optional.empty();
    }
    return latest
        .member(member)
        .flatMap(seat ->
            seat.usage()
                .map(usage ->
                    before
                        .map(pace -> pace.next(at, usage.bytesLeft(), seat.copies()))
                        .orElseGet(() -> Pace.begun(at, usage.bytesLeft(), seat.copies()))));
  }

  /// What can be said of a member's end.
  public Outlook outlook(MemberName member) {
    var pace = paces.get(member);
    return pace == null ? new Outlook.Unclear() : pace.outlook();
  }

  /// The members of which nothing has left for long.
  public SortedSet<MemberName> stalled() {
    return paces.keySet().stream()
        .filter(member -> outlook(member) instanceof Outlook.Stalled)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// A copy that is on its way counts as a move for as long as bytes of it arrive: one that hangs
  /// does not, and neither does what clients write meanwhile. Where bytes are not known, it counts.
  private boolean hasRested(MemberName member, Evacuation latest) {
    var earlier = now.known().flatMap(reading -> reading.member(member));
    var seat = latest.member(member);
    var moving = moving(member, latest);
    return seat.isPresent()
        && earlier.filter(it -> it.copies() == seat.get().copies()).isPresent()
        && now.known().filter(it -> moving(member, it).equals(moving)).isPresent()
        && (moving.isEmpty() || isAsFar(earlier.get(), seat.get()));
  }

  private static boolean isAsFar(Evacuation.Seat earlier, Evacuation.Seat latest) {
    return latest
        .usage()
        .filter(usage ->
            earlier.usage().filter(it -> it.copiedBytes() == usage.copiedBytes()).isPresent())
        .isPresent();
  }

  private static List<Evacuation.Copy> moving(MemberName member, Evacuation reading) {
    return reading.left().stream()
        .filter(copy -> copy.at().filter(member.value()::equals).isPresent())
        .filter(copy -> copy.movingTo().isPresent())
        .toList();
  }

  /// Whether a member that drains holds nothing.
  ///
  /// It does only if the engine has said so twice, in readings that follow each other, with the
  /// member running without a break or absent in both: one that has just come back looks empty
  /// before its data is counted again. A copy that is nowhere may be one of those it had.
  ///
  /// Source: R2, R11 in docs/requirements.md; elastic/cloud-on-k8s#2627
  public Emptiness emptiness(DrainRecord drain) {
    var once = once(now, drain);
    return once instanceof Emptiness.Empty && !isEmptyTwice(drain)
        ? new Emptiness.ReadOnce()
        : once;
  }

  /// What one reading says of it.
  public static Emptiness once(Reading<Evacuation> reading, DrainRecord drain) {
    return switch (reading) {
      case Reading.Unknown<Evacuation>(var why) -> new Emptiness.Unsure(why);
      case Reading.Known<Evacuation>(var evacuation, var at) -> once(evacuation, drain);
    };
  }

  private static Emptiness once(Evacuation reading, DrainRecord drain) {
    var member = drain.member();
    var seat = reading.member(member);
    if (seat.isEmpty()) {
      return absent(reading, drain);
    }
    long copies =
        Math.max(
            seat.get().copies(),
            reading.left().stream().filter(copy -> touches(copy, member)).count());
    if (copies > 0) {
      return new Emptiness.Holding(
          copies, seat.get().usage().map(Evacuation.Usage::bytesLeft).orElse(0L));
    }
    int nowhere = reading.missing(drain.beginning().stake()).size();
    return nowhere > 0 ? new Emptiness.CopiesNowhere(nowhere) : new Emptiness.Empty();
  }

  /// One that is not there may come back with what it has. Only if it had nothing when its drain
  /// began, and every copy of everything is somewhere else, nothing that may lie on its volume is
  /// needed; and its mark keeps it empty if it comes. Whoever a person gives up with all that it
  /// has is not waited for.
  ///
  /// Source: R12, R22 in docs/requirements.md
  private static Emptiness absent(Evacuation reading, DrainRecord drain) {
    boolean isGivenUp = drain.abandoned().isPresent();
    boolean hadNothing =
        drain.beginning().stake().filter(stake -> stake.indices().isEmpty()).isPresent();
    if (!(hadNothing || isGivenUp)
        || reading.left().stream().anyMatch(copy -> touches(copy, drain.member()))) {
      return new Emptiness.Unsure("the engine does not list it; it may come back with what it has");
    }
    int nowhere = reading.unassigned().size();
    return nowhere > 0 && !isGivenUp ? new Emptiness.CopiesNowhere(nowhere) : new Emptiness.Empty();
  }

  private static boolean touches(Evacuation.Copy copy, MemberName member) {
    return copy.at().filter(member.value()::equals).isPresent()
        || copy.movingTo().filter(member.value()::equals).isPresent();
  }

  private boolean isEmptyTwice(DrainRecord drain) {
    var member = drain.member();
    return now instanceof Reading.Known<Evacuation>(var latest, var at)
        && before instanceof Reading.Known<Evacuation>(var earlier, var then)
        && Duration.between(then, at).compareTo(APART) >= 0
        && latest.evidence().isAtLeast(earlier.evidence())
        && once(earlier, drain) instanceof Emptiness.Empty
        && body(earlier, member).equals(body(latest, member));
  }

  private record Body(String nodeId, String processId) {}

  private static Optional<Body> body(Evacuation reading, MemberName member) {
    return reading.member(member).map(seat -> new Body(seat.nodeId(), seat.processId()));
  }

  /// Whether a member holds nothing, as far as can be said.
  public sealed interface Emptiness {

    /// It holds nothing, and nothing that may be its own is missing.
    record Empty() implements Emptiness {}

    /// It holds something, or is about to.
    ///
    /// @param copies of shards
    /// @param bytes to be moved, an estimate; 0 if the member did not say
    record Holding(long copies, long bytes) implements Emptiness {}

    /// It holds nothing, but copies of shards are nowhere that may be its own.
    record CopiesNowhere(int copies) implements Emptiness {}

    /// It held nothing when it was read last; it was not read twice since it last held anything or
    /// was started.
    record ReadOnce() implements Emptiness {}

    /// It cannot be said.
    ///
    /// @param why one clause for people
    record Unsure(String why) implements Emptiness {}
  }
}
