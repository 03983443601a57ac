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

  /// @throws IllegalArgumentException whose message says in one clause why the text is not believed
  public static MemberRecord decode(String text) {
    var words = Line.read(text);
    var state = Line.required(words, STATE).toUpperCase(Locale.ROOT);
    return MemberWords.member(words, MemberState.valueOf(state));
  }
}
