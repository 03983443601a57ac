package dev.flotilla.operator.core.view;

import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.Optional;

/// What the engine says about members whose data is to move away.
///
/// @param marks what keeps data off members now, whoever set it
/// @param now how far members are from holding nothing
/// @param before the same, as it was read the time before
public record Drainage(
    Reading<EngineMarks> marks, Reading<Evacuation> now, Reading<Evacuation> before) {

  /// Two readings closer together than this count as one.
  public static final Duration APART = Duration.ofSeconds(1);

  /// Nobody has answered.
  public static Drainage unknown(String why) {
    return new Drainage(
        new Reading.Unknown<>(why), new Reading.Unknown<>(why), new Reading.Unknown<>(why));
  }

  /// Whether a member holds nothing.
  ///
  /// It does only if the engine has said so twice, in readings that follow each other, with the
  /// member present and running without a break: one that has just come back looks empty before its
  /// data is counted again. A copy that is nowhere may be one of those it had.
  ///
  /// Source: R2, R11 in docs/requirements.md; elastic/cloud-on-k8s#2627
  public Emptiness emptiness(MemberName member) {
    var once = once(now, member);
    return once instanceof Emptiness.Empty && !isEmptyTwice(member)
        ? new Emptiness.ReadOnce()
        : once;
  }

  /// What one reading says of it.
  public static Emptiness once(Reading<Evacuation> reading, MemberName member) {
    return switch (reading) {
      case Reading.Unknown<Evacuation>(var why) -> new Emptiness.Unsure(why);
      case Reading.Known<Evacuation>(var evacuation, var at) -> once(evacuation, member);
    };
  }

  private static Emptiness once(Evacuation reading, MemberName member) {
    var seat = reading.member(member);
    if (seat.isEmpty()) {
      return new Emptiness.Unsure("the engine does not list it; it may come back with what it has");
    }
    long copies =
        Math.max(
            seat.get().copies(),
            reading.left().stream().filter(copy -> touches(copy, member)).count());
    if (copies > 0) {
      return new Emptiness.Holding(
          copies, seat.get().usage().map(Evacuation.Usage::bytesLeft).orElse(0L));
    }
    int nowhere = reading.unassigned().size();
    return nowhere > 0 ? new Emptiness.CopiesNowhere(nowhere) : new Emptiness.Empty();
  }

  private static boolean touches(Evacuation.Copy copy, MemberName member) {
    return copy.at().filter(member.value()::equals).isPresent()
        || copy.movingTo().filter(member.value()::equals).isPresent();
  }

  private boolean isEmptyTwice(MemberName member) {
    return now instanceof Reading.Known<Evacuation>(var latest, var at)
        && before instanceof Reading.Known<Evacuation>(var earlier, var then)
        && Duration.between(then, at).compareTo(APART) >= 0
        && latest.evidence().isAtLeast(earlier.evidence())
        && once(earlier, member) instanceof Emptiness.Empty
        && body(earlier, member).equals(body(latest, member));
  }

  private record Body(String nodeId, String processId) {}

  private static Optional<Body> body(Evacuation reading, MemberName member) {
    return reading.member(member).map(seat -> new Body(seat.nodeId(), seat.processId()));
  }

  /// Whether a member holds nothing, as far as can be said.
  public sealed interface Emptiness {

    /// It holds nothing, and nothing is missing.
    record Empty() implements Emptiness {}

    /// It holds something, or is about to.
    ///
    /// @param copies of shards
    /// @param bytes to be moved, an estimate; 0 if the member did not say
    record Holding(long copies, long bytes) implements Emptiness {}

    /// It holds nothing, but copies of shards are nowhere.
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
