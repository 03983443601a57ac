package dev.flotilla.raft.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult.Objection;
import dev.flotilla.topology.store.Fence;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.Transaction;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The bytes below were written by version 1. They may be read by other code one day, and never be
/// written anew.
class CommandCodecTest {

  private static final LeaseName SITE = LeaseName.ofSite("eu-1");
  private static final Key HEAD = new Key("clusters/shop/search");

  private static final Map<String, Command> COMMANDS =
      new TreeMap<>(
          Map.of(
              "0101" // a commit
                  + "14636c7573746572732f73686f702f736561726368" // clusters/shop/search
                  + "07" // expected revision
                  + "03372d31" // intent 7-1
                  + "01"
                  + "09736974652f65752d31"
                  + "ac02" // fenced by site/eu-1 at 300
                  + "01"
                  + "0161"
                  + "00" // a is absent
                  + "02"
                  + "010162"
                  + "05c3a46c6c65"
                  + "020163", // b is set, c deleted
              new Command.Commit(
                  new Transaction(
                      HEAD,
                      new Revision(7),
                      new IntentId("7-1"),
                      Optional.of(new Fence(SITE, new Epoch(300))),
                      new TreeMap<>(Map.of(new Key("a"), Revision.NONE)),
                      List.of(
                          new Change.Put(new Key("b"), "älle"), new Change.Delete(new Key("c"))))),
              "0102" + "09736974652f65752d31" + "036f6e65" + "80fc819437",
              new Command.Take(SITE, "one", Duration.ofNanos(14_805_925_376L)),
              "0103" + "09736974652f65752d31" + "036f6e65" + "05",
              new Command.Release(SITE, "one", new Epoch(5)),
              "0104",
              new Command.Barrier()));

  private static final List<Answer> ANSWERS =
      List.of(
          new Answer.Applied(new Revision(7)),
          new Answer.Rejected(new Objection.Outdated(HEAD, new Revision(9))),
          new Answer.Rejected(new Objection.Overtaken(new Epoch(3))),
          new Answer.Granted(new Epoch(1)),
          new Answer.Held("two", new Epoch(4)),
          new Answer.Done(),
          new Answer.Unreadable("it ends too early"));

  @ParameterizedTest
  @FieldSource("WRITTEN")
  void whatVersion1WroteIsRead(String bytes) {
    assertThat(CommandCodec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(bytes))))
        .isEqualTo(COMMANDS.get(bytes));
  }

  private static final List<String> WRITTEN = List.copyOf(COMMANDS.keySet());

  @ParameterizedTest
  @FieldSource("WRITTEN")
  void itIsStillWrittenSo(String bytes) {
    assertThat(HexFormat.of().formatHex(CommandCodec.encode(COMMANDS.get(bytes)))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @FieldSource("ANSWERS")
  void anAnswerIsReadAsItWasWritten(Answer answer) {
    var indexed = new AnswerCodec.Indexed(1L << 40, answer);

    assertThat(AnswerCodec.decode(ByteBuffer.wrap(AnswerCodec.encode(indexed)))).isEqualTo(indexed);
  }

  @ParameterizedTest
  @FieldSource("WRITTEN")
  void whatIsCutOffOrGoesOnIsRefused(String bytes) {
    var whole = HexFormat.of().parseHex(bytes);
    for (int length = 0; length < whole.length; length++) {
      var part = ByteBuffer.wrap(whole, 0, length);
      assertThatThrownBy(() -> CommandCodec.decode(part))
          .as("the first %d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> CommandCodec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(bytes + "00"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatALaterVersionWroteIsRefusedByItsNumber() {
    assertThatThrownBy(() -> CommandCodec.decode(ByteBuffer.wrap(new byte[] {2, 4})))
        .hasMessageContaining("version 2");
  }

  @Property(tries = 5_000)
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 60) byte[] bytes) {
    bytes = withVersion(bytes);
    try {
      var command = CommandCodec.decode(ByteBuffer.wrap(bytes));
      assertThat(CommandCodec.decode(ByteBuffer.wrap(CommandCodec.encode(command))))
          .isEqualTo(command);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  private static byte[] withVersion(byte[] bytes) {
    if (bytes.length > 1) {
      bytes[0] = 1;
      bytes[1] = (byte) (1 + (bytes[1] & 3));
    }
    return bytes;
  }
}
