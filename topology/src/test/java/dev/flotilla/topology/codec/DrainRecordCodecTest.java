package dev.flotilla.topology.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.lifecycle.DrainOutcome.Undone;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.Stake;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.Revision;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrainRecordCodecTest {

  private static final DrainRecord SAMPLE =
      DrainRecord.begun(
          new ClusterRef("shop", "search"),
          new MemberName("search-data-zone-c-x5rpnz"),
          new DrainRecord.Purpose.ScaleIn(),
          new DrainRecord.Beginning(
              new Epoch(3),
              new Revision(17),
              14,
              Instant.parse("2026-01-01T00:00:00.250Z"),
              Optional.empty()),
          new Deadline(Instant.parse("2026-01-01T02:00:00.250Z"), Deadline.OnTimeout.CANCEL));

  /// One that says all that can be said.
  private static final DrainRecord FULL =
      DrainRecord.begun(
          SAMPLE.cluster(),
          SAMPLE.member(),
          SAMPLE.purpose(),
          new DrainRecord.Beginning(
              SAMPLE.beginning().epoch(),
              SAMPLE.beginning().revision(),
              14,
              SAMPLE.beginning().at(),
              Stake.of(Map.of("orders", 0, ".ds-logs-2026.01.01-000001", 2))),
          new Deadline(SAMPLE.deadline().at(), Deadline.OnTimeout.HOLD));

  /// As they stand in stores and on volumes that this version has to read for ever.
  private static final Map<String, DrainRecord> WRITTEN =
      Map.of(
          "v1 begun=2026-01-01T00:00:00.250Z cluster=shop/search deadline=2026-01-01T02:00:00.250Z"
              + " epoch=3 generation=14 member=search-data-zone-c-x5rpnz owned=exclude"
              + " purpose=scale-in revision=17 state=running sum=e19eabe3",
          SAMPLE,
          "v1 begun=2026-01-01T00:00:00.250Z cluster=shop/search deadline=2026-01-01T02:00:00.250Z"
              + " epoch=3 generation=14 member=search-data-zone-c-x5rpnz outcome=timed-out"
              + " owned=exclude purpose=scale-in revision=17 state=cancelling sum=91f081e7",
          SAMPLE.cancelled(Undone.TIMED_OUT),
          "v1 begun=2026-01-01T00:00:00.250Z cluster=shop/search deadline=2026-01-01T02:00:00.250Z"
              + " epoch=3 generation=14 member=search-data-zone-c-x5rpnz outcome=drained"
              + " purpose=scale-in revision=17 state=ended sum=378193cc",
          SAMPLE.givenUp().released().ended(),
          "v1 begun=2026-01-01T00:00:00.250Z cluster=shop/search deadline=2026-01-01T02:00:00.250Z"
              + " epoch=3 generation=14 member=search-data-zone-c-x5rpnz owned=exclude"
              + " purpose=scale-in revision=17 stake=.ds-logs-2026.01.01-000001/2,orders/0"
              + " state=running then=hold sum=a20410bb",
          FULL);

  static Stream<DrainRecord> records() {
    return Stream.concat(
        Stream.of(
            SAMPLE,
            FULL,
            nothingAtStake(),
            reclaimed(),
            reclaimed().released(),
            reclaimed().released().ended(),
            new DrainRecord(
                SAMPLE.cluster(),
                SAMPLE.member(),
                new DrainRecord.Purpose.Request("0d9d4ba1-3c1f-4a64-9a8e-0b8e7b1b7f11"),
                SAMPLE.beginning(),
                SAMPLE.deadline(),
                SAMPLE.state(),
                SAMPLE.owned()),
            new DrainRecord(
                SAMPLE.cluster(),
                SAMPLE.member(),
                new DrainRecord.Purpose.Request(
                    "0d9d4ba1-3c1f-4a64-9a8e-0b8e7b1b7f11",
                    Optional.of("5b1f2c58-64c8-4b8f-9df3-2a1a6f1d0c11")),
                SAMPLE.beginning(),
                SAMPLE.deadline(),
                SAMPLE.state(),
                SAMPLE.owned()),
            SAMPLE.givenUp(),
            SAMPLE.givenUp().released(),
            SAMPLE.givenUp().released().ended()),
        Arrays.stream(Undone.values())
            .map(SAMPLE::cancelled)
            .flatMap(drain -> Stream.of(drain, drain.released(), drain.released().ended())));
  }

  private static DrainRecord reclaimed() {
    return DrainRecord.reclaimed(
        SAMPLE.cluster(),
        SAMPLE.member(),
        new DrainRecord.Purpose.Reclaim("cluster.routing.allocation.exclude._ip", "10.0.0.7"),
        SAMPLE.beginning(),
        SAMPLE.deadline());
  }

  private static DrainRecord nothingAtStake() {
    var begun = SAMPLE.beginning();
    return DrainRecord.begun(
        SAMPLE.cluster(),
        SAMPLE.member(),
        SAMPLE.purpose(),
        new DrainRecord.Beginning(
            begun.epoch(), begun.revision(), begun.generation(), begun.at(), Stake.of(Map.of())),
        SAMPLE.deadline());
  }

  @ParameterizedTest
  @MethodSource("records")
  void whatIsWrittenIsRead(DrainRecord drain) {
    assertThat(DrainRecordCodec.decode(DrainRecordCodec.encode(drain)))
        .isEqualTo(new Decoded.Valid<>(drain));
  }

  @Test
  void whatWasWrittenBeforeIsReadForEver() {
    WRITTEN.forEach((text, drain) -> {
      assertThat(DrainRecordCodec.encode(drain)).isEqualTo(text);
      assertThat(DrainRecordCodec.decode(text)).isEqualTo(new Decoded.Valid<>(drain));
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"state=removing", "member=search-data-zone-c-another", "epoch=4"})
  void whatWasEditedIsNotBelieved(String word) {
    var key = word.substring(0, word.indexOf('='));
    var text = DrainRecordCodec.encode(SAMPLE).replaceFirst(key + "=\\S+", word);

    assertThat(DrainRecordCodec.decode(text))
        .isEqualTo(new Decoded.Damaged<>("its checksum is wrong"));
  }

  /// The checksum fits, and still no version writes it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=waiting",
        "state=cancelling",
        "state=cancelling outcome=drained",
        "state=ended",
        "state=ended outcome=cancelled owned=exclude",
        "state=running owned=",
        "state=running owned=else",
        "begun=yesterday",
        "deadline=2025-12-31T00:00:00Z",
        "purpose=fun",
        "then=force",
        "stake=orders",
        "stake=orders/-1",
        "stake=orders/many",
        "epoch=-1",
        "member=UPPER"
      })
  void whatIsNoDrainIsDamaged(String words) {
    var all = new TreeMap<>(Line.read(DrainRecordCodec.encode(SAMPLE)));
    Arrays.stream(words.split(" "))
        .forEach(word -> {
          int equals = word.indexOf('=');
          all.put(word.substring(0, equals), word.substring(equals + 1));
        });

    assertThat(DrainRecordCodec.decode(Line.write(all))).isInstanceOf(Decoded.Damaged.class);
  }
}
