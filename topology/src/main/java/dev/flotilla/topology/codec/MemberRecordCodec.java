package dev.flotilla.topology.codec;

import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.MemberState;
import java.util.Locale;

/// Writes a [MemberRecord] for the store and reads it back: one line, as [VolumeRecordCodec] writes
/// it, with the member's state.
public final class MemberRecordCodec {

  private static final String STATE = "state";

  private MemberRecordCodec() {}

  public static String encode(MemberRecord member) {
    var words = MemberWords.of(member);
    words.put(STATE, member.state().name().toLowerCase(Locale.ROOT));
    return Line.write(words);
  }

  public static Decoded<MemberRecord> decode(String text) {
    try {
      var words = Line.read(text);
      var state = Line.required(words, STATE).toUpperCase(Locale.ROOT);
      return new Decoded.Valid<>(MemberWords.member(words, MemberState.valueOf(state)));
    } catch (IllegalArgumentException e) {
      return new Decoded.Damaged<>(String.valueOf(e.getMessage()));
    }
  }
}
