package dev.flotilla.operator.core.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.MemberName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Since when nothing has left a member, told from one reading and the next.
class DrainageTest {

  private static final MemberName MEMBER = new MemberName("m1");
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant SECOND = FIRST.plusSeconds(2);

  /// Copies on the member, those of them that are on their way, and bytes of these that arrived.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3 0 0  | 3 0 0  | true
          3 0 0  | 2 0 0  | false
          3 0 0  | 3 1 0  | false
          3 1 10 | 3 1 20 | false
          3 1 10 | 3 1 10 | true
          3 2 10 | 3 1 10 | false
          3 1 -  | 3 1 -  | false
          3 0 -  | 3 0 -  | true
          """)
  @Tag("R21")
  void aCopyThatIsOnItsWayAndDoesNotArriveDoesNotMove(String before, String after, boolean rests) {
    var still =
        after(after(Drainage.unknown("nobody asked"), before, FIRST), after, SECOND).still();

    assertThat(still).containsEntry(MEMBER, rests ? FIRST : SECOND);
  }

  private static Drainage after(Drainage last, String words, Instant at) {
    Reading<Evacuation> left = new Reading.Known<>(reading(words.split(" ")), at);
    return last.next(Set.of(MEMBER), new Reading.Unknown<>("-"), left, new Reading.Unknown<>("-"));
  }

  private static Evacuation reading(String... words) {
    int copies = Integer.parseInt(words[0]);
    int moving = Integer.parseInt(words[1]);
    Optional<Evacuation.Usage> usage =
        words[2].equals("-")
            ? Optional.empty()
            : Optional.of(
                new Evacuation.Usage(1000, Long.parseLong(words[2]), 0, OptionalLong.empty()));
    return new Evacuation(
        new EngineMarks.Evidence("u", 1, 1),
        EngineReport.Health.GREEN,
        List.of(new Evacuation.Seat(MEMBER.value(), "id", "process", copies, usage)),
        IntStream.range(0, copies).mapToObj(i -> copy(i, i < moving)).toList(),
        List.of(),
        new TreeSet<>(),
        0);
  }

  private static Evacuation.Copy copy(int shard, boolean moving) {
    return new Evacuation.Copy(
        "orders",
        shard,
        true,
        Optional.of(MEMBER.value()),
        moving ? Optional.of("m2") : Optional.empty(),
        Optional.empty());
  }
}
