package dev.flotilla.topology.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MemberNameTest {

  record Place(TenantId tenant, ClusterRef cluster, Slot slot) {

    int length() {
      return cluster.name().length() + slot.pool().value().length() + slot.zone().name().length();
    }

    MemberName name() {
      return MemberName.of(tenant, cluster, slot);
    }
  }

  @Provide
  Arbitrary<Place> places() {
    var tenant = Arbitraries.strings().numeric().ofLength(8).map(TenantId::new);
    var cluster = Combinators.combine(label(10), label(24)).as(ClusterRef::new);
    var slot =
        Combinators.combine(
                label(15).map(PoolName::new),
                label(15).map(Zone::new),
                Arbitraries.integers().between(1, 500))
            .as(Slot::new);
    return Combinators.combine(tenant, cluster, slot).as(Place::new);
  }

  /// The names of these members stand on real volumes: another recipe would give running members
  /// new names and leave their volumes behind.
  @Example
  void theRecipeNeverChanges() throws IOException {
    for (var line : fixture("member-names.txt")) {
      var words = line.split(" ");
      var slot = new Slot(new PoolName(words[3]), new Zone(words[4]), Integer.parseInt(words[5]));
      var name = MemberName.of(new TenantId(words[0]), new ClusterRef(words[1], words[2]), slot);
      assertThat(name.value()).isEqualTo(words[6]);
    }
  }

  @Property
  void aNameFitsIntoALabelWhenItsPartsHave54Characters(@ForAll("places") Place place) {
    assertThat(place.length()).isLessThanOrEqualTo(54);
    assertThat(place.name().value()).hasSizeLessThanOrEqualTo(63);
  }

  @Example
  void theLongestPartsGiveExactlyTheLongestLabel() {
    var cluster = new ClusterRef("shop", "c".repeat(24));
    var slot = new Slot(new PoolName("p".repeat(15)), new Zone("z".repeat(15)), 1);

    assertThat(MemberName.of(new TenantId("t"), cluster, slot).value()).hasSize(63);
  }

  @Property
  void oneSlotHasOneName(@ForAll("places") Place place) {
    var again =
        new Place(
            new TenantId(place.tenant().value()),
            new ClusterRef(place.cluster().namespace(), place.cluster().name()),
            new Slot(place.slot().pool(), place.slot().zone(), place.slot().ordinal()));

    assertThat(again.name()).isEqualTo(place.name());
  }

  @Property(tries = 200)
  void theSlotsOfAZoneHaveDistinctNames(@ForAll("places") Place place) {
    var names = new TreeSet<MemberName>();
    for (int ordinal = 1; ordinal <= 100; ordinal++) {
      var slot = new Slot(place.slot().pool(), place.slot().zone(), ordinal);
      names.add(MemberName.of(place.tenant(), place.cluster(), slot));
    }
    assertThat(names).hasSize(100);
  }

  @Property
  void aNamesakeOfAnotherTenantHasOtherMembers(@ForAll("places") Place place) {
    var other = new TenantId(place.tenant().value() + "x");

    assertThat(MemberName.of(other, place.cluster(), place.slot())).isNotEqualTo(place.name());
  }

  private static Arbitrary<String> label(int maxLength) {
    var ends = Arbitraries.strings().withCharRange('a', 'z').numeric().ofLength(1);
    var middle =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .numeric()
            .withChars('-')
            .ofMaxLength(maxLength - 2);
    return Combinators.combine(ends, middle, ends).as((first, rest, last) -> first + rest + last);
  }

  private static List<String> fixture(String name) throws IOException {
    try (var in = MemberNameTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
