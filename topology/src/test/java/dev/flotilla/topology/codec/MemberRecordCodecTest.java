package dev.flotilla.topology.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

  @Test
  void whatIsWrittenIsRead() {
    for (var member : new MemberRecord[] {SAMPLE, SAMPLE.provisioned()}) {
      assertThat(MemberRecordCodec.decode(MemberRecordCodec.encode(member))).isEqualTo(member);
    }
  }

  @Test
  void whatWasWrittenBeforeIsReadForEver() {
    assertThat(MemberRecordCodec.decode(WRITTEN)).isEqualTo(SAMPLE);
    assertThat(MemberRecordCodec.encode(SAMPLE)).isEqualTo(WRITTEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state=provisioned", "ordinal=3", "zone=zone-c"})
  void whatWasEditedIsNotBelieved(String word) {
    var key = word.substring(0, word.indexOf('='));
    var text = MemberRecordCodec.encode(SAMPLE).replaceFirst(key + "=\\S+", word);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemberRecordCodec.decode(text))
        .withMessage("its checksum is wrong");
  }
}
