package dev.flotilla.topology.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.Zone;
import dev.flotilla.topology.placement.Surplus.Candidate;
import dev.flotilla.topology.placement.Surplus.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/// A layout is written as `a1 b2 c4`: one member in zone a, two in b, four in c; `a2-1` says that
/// one of two does not count.
class SurplusTest {

  private static final int ALL = 100;

  /// @param zones how many zones of the specification there are
  /// @param members in which zone each one is, whether it counts, and what it holds
  record Layout(int zones, int floor, List<Candidate> members) {

    Surplus surplus() {
      return new Surplus(lettered("abcde".substring(0, zones)), floor, members);
    }
  }

  @Provide
  Arbitrary<Layout> layouts() {
    var member =
        Combinators.combine(
            Arbitraries.integers().between(0, 4),
            Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(true)), Tuple.of(1, Arbitraries.just(false))),
            Arbitraries.longs().between(0, 3));
    var members =
        member
            .as((zone, counts, bytes) ->
                new Candidate(name(0), slot(zone, 1), counts ? Use.SERVES : Use.HINDERED, bytes))
            .list()
            .ofMinSize(3)
            .ofMaxSize(30)
            .map(SurplusTest::numbered);
    return Combinators.combine(
            Arbitraries.integers().between(3, 5), Arbitraries.integers().between(1, 2), members)
        .as(Layout::new);
  }

  @Example
  void theOnlyMemberOfAZoneIsNeverTaken() {
    assertThat(taken("a1 b2 c4", 1, 1)).isEqualTo("c4");
  }

  @Example
  void whoDoesNotCountIsNoMemberOfItsZone() {
    assertThat(taken("a2-1 b2 c3", 1, 1)).isEqualTo("c3");
    assertThat(taken("a4-3 b2 c2", 1, 1)).startsWith("b");
  }

  /// With `?` some of a zone are not known to the engine; the lowest ordinals, for the test.
  @Example
  void whoIsAbsentGoesFirstWhereTheZoneHasWhatItNeeds() {
    assertThat(taken("a2?1 b2 c4", 1, 1)).isEqualTo("a1");
    assertThat(taken("a1?1 b2 c4", 1, 1)).isEqualTo("c4");
    assertThat(taken("a3?2 b2 c4", 3, 2)).isEqualTo("a2 a1");
    assertThat(taken("a3?2 b2?1 c4", 3, 3)).isEqualTo("a2 a1");
  }

  @Example
  void severalGoTogetherOnlyAsLongAsTheyAreInTheFullestZone() {
    assertThat(taken("a1 b2 c4", 3, 2)).isEqualTo("c4 c3");
    assertThat(taken("a3 b3 c3", 6, 2)).isEqualTo("a3");
    assertThat(taken("a2 b2 c3", 3, 2)).isEqualTo("c3 c2");
  }

  @Example
  void nobodyGoesWhereEachZoneHasWhatItNeeds() {
    assertThat(taken("a1 b1 c1", 1, 2)).isEmpty();
    assertThat(taken("a1 b2-1 c1", 1, 2)).isEmpty();
  }

  @Example
  void whoIsInAZoneThatIsNotWantedAnyMoreGoesFirst() {
    assertThat(taken("a2 b2 c2 d1", 1, 2)).isEqualTo("d1");
  }

  @Example
  void ofOneZoneTheMemberGoesThatHoldsLeast() {
    var members =
        Stream.of(5L, 2L, 2L, 7L)
            .map(bytes -> new Candidate(name(0), slot(2, 1), Use.SERVES, bytes))
            .toList();

    var victims = new Surplus(lettered("abc"), 1, numbered(members)).victims(2, 2);

    assertThat(victims).extracting(it -> it.slot().ordinal()).containsExactly(3, 2);
  }

  @Property
  void noZoneFallsBelowItsFloor(
      @ForAll("layouts") Layout layout, @ForAll @IntRange(max = 40) int count) {
    var gone = untilNobodyGoes(layout, count);

    var before = layout.surplus().counts();
    var after = without(layout, gone).surplus().counts();
    for (Zone zone : layout.surplus().zones()) {
      long least = Math.min(layout.floor(), before.getOrDefault(zone, 0L));
      assertThat(after.getOrDefault(zone, 0L)).isGreaterThanOrEqualTo(least);
    }
  }

  @Property
  void whoGoesTogetherIsInOneZone(
      @ForAll("layouts") Layout layout, @ForAll @IntRange(max = 9) int count) {
    var victims = layout.surplus().victims(count, 3);

    assertThat(victims.stream().map(it -> it.slot().zone()).distinct().count())
        .isLessThanOrEqualTo(1);
    assertThat(victims).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(Math.min(count, 3));
    assertThat(victims).allMatch(Candidate::counts);
  }

  @Property
  void theZonesNeverDifferMoreThanBefore(@ForAll("layouts") Layout layout) {
    var before = skew(layout);

    var after = skew(without(layout, layout.surplus().victims(ALL, ALL)));

    assertThat(after).isLessThanOrEqualTo(Math.max(1, before));
  }

  @Property
  void theOrderInWhichMembersAreListedDoesNotMatter(
      @ForAll("layouts") Layout layout, @ForAll long order) {
    var shuffled = new ArrayList<>(layout.members());
    Collections.shuffle(shuffled, new Random(order));

    assertThat(new Layout(layout.zones(), layout.floor(), shuffled).surplus().victims(4, 4))
        .isEqualTo(layout.surplus().victims(4, 4));
  }

  @Property
  void asManyGoAsAreTooManyIfTheZonesCanSpareThem(
      @ForAll("layouts") Layout layout, @ForAll @IntRange(max = 40) int count) {
    var zones = layout.surplus().zones();
    long spare =
        layout.surplus().counts().entrySet().stream()
            .mapToLong(zone ->
                zones.contains(zone.getKey())
                    ? Math.max(0, zone.getValue() - layout.floor())
                    : zone.getValue())
            .sum();

    assertThat(untilNobodyGoes(layout, count)).hasSize((int) Math.min(count, spare));
  }

  private static List<Candidate> untilNobodyGoes(Layout layout, int count) {
    var gone = new ArrayList<Candidate>();
    for (int before = -1; before < gone.size() && gone.size() < count; ) {
      before = gone.size();
      gone.addAll(without(layout, gone).surplus().victims(count - gone.size(), 2));
    }
    return gone;
  }

  private static Layout without(Layout layout, List<Candidate> gone) {
    var left = layout.members().stream().filter(member -> !gone.contains(member)).toList();
    return new Layout(layout.zones(), layout.floor(), left);
  }

  private static long skew(Layout layout) {
    var surplus = layout.surplus();
    var counts =
        surplus.zones().stream().mapToLong(zone -> surplus.counts().getOrDefault(zone, 0L));
    var statistics = counts.summaryStatistics();
    return statistics.getMax() - statistics.getMin();
  }

  private static String taken(String layout, int count, int together) {
    var members = Arrays.stream(layout.split(" ")).flatMap(SurplusTest::members).toList();
    return String.join(
        " ",
        new Surplus(lettered("abc"), 1, members)
            .victims(count, together).stream()
                .map(it -> it.slot().zone().name() + it.slot().ordinal())
                .toList());
  }

  private static Stream<Candidate> members(String zone) {
    int out = zone.length() > 2 ? zone.charAt(3) - '0' : 0;
    var use = zone.contains("?") ? Use.ABSENT : Use.HINDERED;
    int letter = zone.charAt(0) - 'a';
    return IntStream.rangeClosed(1, zone.charAt(1) - '0')
        .mapToObj(ordinal ->
            new Candidate(
                name(10 * letter + ordinal),
                slot(letter, ordinal),
                ordinal > out ? Use.SERVES : use,
                0));
  }

  private static List<Candidate> numbered(List<Candidate> members) {
    var last = new TreeMap<Zone, Integer>();
    var numbered = new ArrayList<Candidate>();
    for (Candidate member : members) {
      var zone = member.slot().zone();
      int ordinal = last.merge(zone, 1, Integer::sum);
      numbered.add(
          new Candidate(
              name(numbered.size()),
              new Slot(new PoolName("data"), zone, ordinal),
              member.use(),
              member.bytes()));
    }
    return numbered;
  }

  private static MemberName name(int number) {
    return new MemberName("search-data-" + number);
  }

  private static Slot slot(int zone, int ordinal) {
    return new Slot(new PoolName("data"), new Zone("abcde".substring(zone, zone + 1)), ordinal);
  }

  private static List<Zone> lettered(String letters) {
    return letters.chars().mapToObj(letter -> new Zone(Character.toString(letter))).toList();
  }
}
