package dev.flotilla.topology.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.Zone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ZoneSpreadTest {

  private static final PoolName DATA = new PoolName("data");

  /// @param order for shuffling: the order in which slots are listed must not matter
  record Growth(List<Zone> zones, List<Slot> taken, int count, long order) {}

  @Provide
  Arbitrary<Growth> growths() {
    var zones = Arbitraries.of("a", "b", "c", "d", "e").list().uniqueElements().ofMinSize(1);
    var pools = Arbitraries.of("data", "data", "data", "ingest").map(PoolName::new);
    var slot =
        Combinators.combine(
                pools,
                Arbitraries.of("a", "b", "c", "d", "e", "gone").map(Zone::new),
                Arbitraries.integers().between(1, 9))
            .as(Slot::new);
    return Combinators.combine(
            zones.map(names -> names.stream().map(Zone::new).toList()),
            slot.list().uniqueElements().ofMaxSize(25),
            Arbitraries.integers().between(0, 30),
            Arbitraries.longs())
        .as(Growth::new);
  }

  @Example
  void threeMembersGoToThreeZonesInTheOrderOfTheSpecification() {
    assertThat(grow(zones("c", "a", "b"), List.of(), 4))
        .extracting(Slot::toString)
        .containsExactly("data/c#1", "data/a#1", "data/b#1", "data/c#2");
  }

  @Example
  void theZoneThatHasFewestIsFilledFirst() {
    var taken = slots("a#1", "a#2", "b#1", "c#1", "c#2");

    assertThat(grow(zones("a", "b", "c"), taken, 2))
        .extracting(Slot::toString)
        .containsExactly("data/b#2", "data/a#3");
  }

  /// Whose slot is given never again, but makes its zone no fuller.
  @Example
  void whoHasGoneIsReplacedInItsZone() {
    var given = slots("a#1", "a#2", "b#1", "b#2", "c#1", "c#2");

    assertThat(
            new ZoneSpread(
                    DATA, zones("a", "b", "c"), slots("a#1", "a#2", "b#1", "c#1", "c#2"), given)
                .grow(2))
        .extracting(Slot::toString)
        .containsExactly("data/b#3", "data/a#3");
  }

  @Example
  void membersOfAnotherPoolDoNotCount() {
    var taken = List.of(new Slot(new PoolName("ingest"), new Zone("a"), 1));

    assertThat(grow(zones("a", "b", "c"), taken, 1))
        .extracting(Slot::toString)
        .containsExactly("data/a#1");
  }

  @Property
  void aPoolThatStartsEmptyNeverDiffersByMoreThanOneBetweenZones(
      @ForAll("growths") Growth growth, @ForAll @IntRange(max = 60) int count) {
    var slots = grow(growth.zones(), List.of(), count);

    assertThat(skew(growth.zones(), slots)).isLessThanOrEqualTo(1);
    assertThat(slots).hasSize(count);
  }

  @Property
  void growthNeverMakesASpreadWorse(@ForAll("growths") Growth growth) {
    var before = skew(growth.zones(), growth.taken());

    var after = skew(growth.zones(), all(growth));

    assertThat(after).isLessThanOrEqualTo(Math.max(1, before));
  }

  @Property
  void noOrdinalIsGivenTwice(@ForAll("growths") Growth growth) {
    var added = grow(growth.zones(), growth.taken(), growth.count());

    assertThat(added).noneMatch(growth.taken()::contains).doesNotHaveDuplicates();
  }

  @Property
  void newMembersGoOnlyToZonesOfTheSpecification(@ForAll("growths") Growth growth) {
    assertThat(grow(growth.zones(), growth.taken(), growth.count()))
        .allSatisfy(slot -> assertThat(growth.zones()).contains(slot.zone()));
  }

  @Property
  void theSameSituationGivesTheSameSlotsInWhateverOrderItIsTold(@ForAll("growths") Growth growth) {
    var shuffled = new ArrayList<>(growth.taken());
    Collections.shuffle(shuffled, new Random(growth.order()));

    assertThat(grow(growth.zones(), shuffled, growth.count()))
        .isEqualTo(grow(growth.zones(), growth.taken(), growth.count()));
  }

  /// An operator that stopped after it had recorded a part of its growth goes on where it was.
  @Property
  void growthInTwoStepsIsGrowthInOne(
      @ForAll("growths") Growth growth, @ForAll @IntRange(max = 30) int first) {
    int split = Math.min(first, growth.count());
    var part = grow(growth.zones(), growth.taken(), split);
    var known = Stream.concat(growth.taken().stream(), part.stream()).toList();
    var rest = grow(growth.zones(), known, growth.count() - split);

    assertThat(Stream.concat(part.stream(), rest.stream()))
        .containsExactlyElementsOf(grow(growth.zones(), growth.taken(), growth.count()));
  }

  private static List<Slot> grow(List<Zone> zones, Collection<Slot> taken, int count) {
    return ZoneSpread.of(DATA, zones, taken).grow(count);
  }

  private static List<Slot> all(Growth growth) {
    var added = grow(growth.zones(), growth.taken(), growth.count());
    return Stream.concat(growth.taken().stream(), added.stream()).toList();
  }

  private static long skew(List<Zone> zones, List<Slot> slots) {
    var counts = ZoneSpread.of(DATA, zones, slots).counts().values();
    return Collections.max(counts) - Collections.min(counts);
  }

  private static List<Zone> zones(String... names) {
    return Stream.of(names).map(Zone::new).toList();
  }

  private static List<Slot> slots(String... names) {
    return Stream.of(names)
        .map(name -> name.split("#"))
        .map(parts -> new Slot(DATA, new Zone(parts[0]), Integer.parseInt(parts[1])))
        .toList();
  }
}
