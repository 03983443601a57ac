package dev.flotilla.raft.command;

import dev.flotilla.topology.store.CommitResult.Objection;
import java.nio.ByteBuffer;

/// Answers as bytes, with the place in the log of what they answer. They are never stored, but
/// voters of two versions exchange them.
public final class AnswerCodec {

  private static final int VERSION = 1;

  private static final int APPLIED = 1;
  private static final int OUTDATED = 2;
  private static final int OVERTAKEN = 3;
  private static final int GRANTED = 4;
  private static final int HELD = 5;
  private static final int DONE = 6;
  private static final int UNREADABLE = 7;

  private AnswerCodec() {}

  /// An answer, and the index of the log entry that it answers: who has applied that entry has
  /// applied everything before it.
  public record Indexed(long index, Answer answer) {}

  public static byte[] encode(Indexed indexed) {
    var to = new Encoder().tag(VERSION).number(indexed.index());
    switch (indexed.answer()) {
      case Answer.Applied(var revision) -> to.tag(APPLIED).revision(revision);
      case Answer.Rejected(Objection.Outdated(var key, var current)) ->
          to.tag(OUTDATED).key(key).revision(current);
      case Answer.Rejected(Objection.Overtaken(var current)) -> to.tag(OVERTAKEN).epoch(current);
      case Answer.Granted(var epoch) -> to.tag(GRANTED).epoch(epoch);
      case Answer.Held(var holder, var epoch) -> to.tag(HELD).text(holder).epoch(epoch);
      case Answer.Done() -> to.tag(DONE);
      case Answer.Unreadable(var why) -> to.tag(UNREADABLE).text(why);
    }
    return to.toBytes();
  }

  /// @throws IllegalArgumentException if it is not what some version wrote
  public static Indexed decode(ByteBuffer bytes) {
    var from = new Decoder(bytes);
    from.version(VERSION, "an answer");
    long index = from.number();
    int kind = from.tag();
    var answer =
        switch (kind) {
          case APPLIED -> new Answer.Applied(from.revision());
          case OUTDATED -> new Answer.Rejected(new Objection.Outdated(from.key(), from.revision()));
          case OVERTAKEN -> new Answer.Rejected(new Objection.Overtaken(from.epoch()));
          case GRANTED -> new Answer.Granted(from.epoch());
          case HELD -> new Answer.Held(from.text(), from.epoch());
          case DONE -> new Answer.Done();
          case UNREADABLE -> new Answer.Unreadable(from.text());
          default ->
              throw new IllegalArgumentException(
                  "kind %d of an answer is not known".formatted(kind));
        };
    from.end();
    return new Indexed(index, answer);
  }
}
