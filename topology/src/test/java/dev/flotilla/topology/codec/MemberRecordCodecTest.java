package dev.flotilla.topology.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberRecordCodecTest {

  private static final MemberRecord SAMPLE =
      MemberRecord.allocated(
          new ClusterRef("shop", "search"),
          new TenantId("6f2c9a58-2f6e-4f3b-9d1c-0a4b8a1de001"),
          new Slot(new PoolName("data"), new Zone("zone-b"), 2),
          true);

  /// As it stands in stores that this version has to read for ever.
  private static final String WRITTEN =
      "v1 cluster=shop/search founding=true member=search-data-zone-b-x5rpnz ordinal=2 pool=data"
          + " state=allocated tenant=6f2c9a58-2f6e-4f3b-9d1c-0a4b8a1de001 zone=zone-b sum=886f354e";

  private static final String RESOURCE =
      "v1 cluster=shop/search uid=3c1f7a52-0b1e-4d0e-8c55-2f1b7a9d0002 sum=2b0a3cdd";

  @Test
  void whatIsWrittenIsRead() {
    for (var member : new MemberRecord[] {SAMPLE, SAMPLE.provisioned()}) {
      assertThat(MemberRecordCodec.decode(MemberRecordCodec.encode(member)))
          .isEqualTo(new Decoded.Valid<>(member));
    }
  }

  @Test
  void whatWasWrittenBeforeIsReadForEver() {
    assertThat(MemberRecordCodec.decode(WRITTEN)).isEqualTo(new Decoded.Valid<>(SAMPLE));
    assertThat(MemberRecordCodec.encode(SAMPLE)).isEqualTo(WRITTEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state=provisioned", "ordinal=3", "zone=zone-c"})
  void whatWasEditedIsNotBelieved(String word) {
    var key = word.substring(0, word.indexOf('='));
    var text = MemberRecordCodec.encode(SAMPLE).replaceFirst(key + "=\\S+", word);

    assertThat(MemberRecordCodec.decode(text))
        .isEqualTo(new Decoded.Damaged<>("its checksum is wrong"));
  }

  /// The checksum fits, and still nobody wrote it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1 sum=6962ccb5",
        "v1 cluster=shop/search sum=5f654013",
        "",
        " sum=",
        " sum=00000000",
        "v1",
        "no line at all"
      })
  void whatIsNoRecordIsDamaged(String text) {
    assertThat(MemberRecordCodec.decode(text)).isInstanceOf(Decoded.Damaged.class);
    assertThat(ResourceRecordCodec.decode(text)).isInstanceOf(Decoded.Damaged.class);
  }

  @Test
  void theResourceIsWrittenAndReadForEver() {
    var resource = new ResourceRecord(SAMPLE.cluster(), "3c1f7a52-0b1e-4d0e-8c55-2f1b7a9d0002");
    assertThat(ResourceRecordCodec.encode(resource)).isEqualTo(RESOURCE);
    assertThat(ResourceRecordCodec.decode(RESOURCE)).isEqualTo(new Decoded.Valid<>(resource));
  }
}
