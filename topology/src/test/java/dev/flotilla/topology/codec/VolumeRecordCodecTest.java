package dev.flotilla.topology.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VolumeRecordCodecTest {

  private static final VolumeRecord SAMPLE =
      new VolumeRecord(
          MemberRecord.allocated(
                  new ClusterRef("shop", "search"),
                  new TenantId("6f2c9a58-2f6e-4f3b-9d1c-0a4b8a1de001"),
                  new Slot(new PoolName("data"), new Zone("zone-b"), 2),
                  true)
              .provisioned(),
          Optional.of("0d9be2f4-77a1-4c55-a9c3-6a3fb4a0c0de"),
          Optional.of("Xy7_kQ2bT-mWc0aPzR1s9g"));

  @Provide
  Arbitrary<VolumeRecord> records() {
    var uid = Arbitraries.strings().withCharRange('a', 'f').numeric().withChars('-').ofLength(36);
    var uuid =
        Arbitraries.strings().alpha().numeric().withChars('-', '_').ofMinLength(1).ofMaxLength(22);
    var zone = Arbitraries.of("a", "zone-b", "eu-west-1c").map(Zone::new);
    var slot =
        Combinators.combine(
                Arbitraries.of("data", "ingest").map(PoolName::new),
                zone,
                Arbitraries.integers().between(1, 999))
            .as(Slot::new);
    var member =
        Combinators.combine(uid.map(TenantId::new), slot, Arbitraries.of(true, false))
            .as((tenant, where, founding) ->
                MemberRecord.allocated(new ClusterRef("shop", "search"), tenant, where, founding)
                    .provisioned());
    return Combinators.combine(member, uid.optional(), uuid.optional()).as(VolumeRecord::new);
  }

  @Property
  void whatIsWrittenIsRead(@ForAll("records") VolumeRecord volume) {
    assertThat(VolumeRecordCodec.decode(VolumeRecordCodec.encode(volume)))
        .isEqualTo(new Decoded.Valid<>(volume));
  }

  @Property
  void oneRecordHasOneText(@ForAll("records") VolumeRecord volume) {
    assertThat(VolumeRecordCodec.encode(volume))
        .isEqualTo(VolumeRecordCodec.encode(volume))
        .hasLineCount(1);
  }

  /// Text that older versions wrote lies on volumes for years and is read for ever.
  @Example
  void whatOlderVersionsWroteIsStillRead() throws IOException {
    assertThat(VolumeRecordCodec.decode(fixture("volume-record-v1.txt")))
        .isEqualTo(new Decoded.Valid<>(SAMPLE));
    assertThat(VolumeRecordCodec.decode(fixture("volume-record-v1-fresh.txt")))
        .isEqualTo(new Decoded.Valid<>(VolumeRecord.fresh(SAMPLE.member())));
  }

  @Example
  void theFormOfTodayIsTheRecordedOne() throws IOException {
    assertThat(VolumeRecordCodec.encode(SAMPLE)).isEqualTo(fixture("volume-record-v1.txt"));
  }

  @Example
  void everyReplacedCharacterIsNoticed() {
    var text = VolumeRecordCodec.encode(SAMPLE);
    for (int at = 0; at < text.length(); at++) {
      for (char other = ' '; other <= '~'; other++) {
        if (other != text.charAt(at)) {
          assertDamaged(text.substring(0, at) + other + text.substring(at + 1));
        }
      }
    }
  }

  @Example
  void everyMissingCharacterIsNoticed() {
    var text = VolumeRecordCodec.encode(SAMPLE);
    for (int at = 0; at < text.length(); at++) {
      assertDamaged(text.substring(0, at) + text.substring(at + 1));
    }
  }

  @Example
  void everyAddedCharacterIsNoticed() {
    var text = VolumeRecordCodec.encode(SAMPLE);
    for (int at = 0; at <= text.length(); at++) {
      for (char added = ' '; added <= '~'; added++) {
        assertDamaged(text.substring(0, at) + added + text.substring(at));
      }
    }
  }

  @Example
  void aRecordThatWasCutIsNoticed() {
    var text = VolumeRecordCodec.encode(SAMPLE);
    for (int length = 0; length < text.length(); length++) {
      assertDamaged(text.substring(0, length));
    }
  }

  @Example
  void aFormOfALaterVersionIsNamed() {
    assertThat(VolumeRecordCodec.decode(sealed("v2 cluster=shop/search")))
        .isEqualTo(
            new Decoded.Damaged<>("it was written in a form that this version does not know: v2"));
  }

  @Example
  void aWholeRecordThatLacksAWordSaysWhich() {
    assertThat(VolumeRecordCodec.decode(sealed("v1 cluster=shop/search ordinal=1 pool=data")))
        .isEqualTo(new Decoded.Damaged<>("it does not say its zone"));
  }

  @Example
  void aWholeRecordWithoutAnyWordIsDamaged() {
    assertDamaged(sealed("v1"));
    assertDamaged(sealed("v1 "));
    assertDamaged(sealed(""));
  }

  @Property
  void noTextMakesTheReaderThrow(@ForAll String text) {
    assertDamaged(text);
    assertDamaged(sealed("v1 " + text));
  }

  private static void assertDamaged(String text) {
    assertThat(VolumeRecordCodec.decode(text)).as(text).isInstanceOf(Decoded.Damaged.class);
  }

  /// The text with a checksum that fits it.
  private static String sealed(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return text + String.format(Locale.ROOT, " sum=%08x", crc.getValue());
  }

  private static String fixture(String name) throws IOException {
    try (var in = VolumeRecordCodecTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
