package dev.flotilla.raft.command;

import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.Fence;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.Transaction;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.TreeMap;

/// Commands as bytes: a version, a kind, and what belongs to it. What one version wrote, all later
/// ones read: logs and snapshots outlive the program.
public final class CommandCodec {

  private static final int VERSION = 1;

  private static final int COMMIT = 1;
  private static final int TAKE = 2;
  private static final int RELEASE = 3;
  private static final int BARRIER = 4;

  private static final int PUT = 1;
  private static final int DELETE = 2;

  private CommandCodec() {}

  public static byte[] encode(Command command) {
    var to = new Encoder().tag(VERSION);
    switch (command) {
      case Command.Commit(var transaction) -> write(to.tag(COMMIT), transaction);
      case Command.Take(var lease, var holder, var time) ->
          to.tag(TAKE).lease(lease).text(holder).number(time.toNanos());
      case Command.Release(var lease, var holder, var epoch) ->
          to.tag(RELEASE).lease(lease).text(holder).epoch(epoch);
      case Command.Barrier() -> to.tag(BARRIER);
    }
    return to.toBytes();
  }

  /// @throws IllegalArgumentException if it is not what some version wrote
  public static Command decode(ByteBuffer bytes) {
    var from = new Decoder(bytes);
    from.version(VERSION, "a command");
    int kind = from.tag();
    var command =
        switch (kind) {
          case COMMIT -> new Command.Commit(transaction(from));
          case TAKE -> new Command.Take(from.lease(), from.text(), Duration.ofNanos(from.number()));
          case RELEASE -> new Command.Release(from.lease(), from.text(), from.epoch());
          case BARRIER -> new Command.Barrier();
          default ->
              throw new IllegalArgumentException(
                  "kind %d of a command is not known".formatted(kind));
        };
    from.end();
    return command;
  }

  private static void write(Encoder to, Transaction transaction) {
    to.key(transaction.head())
        .revision(transaction.expected())
        .text(transaction.intent().value())
        .all(
            transaction.fence().stream().toList(),
            fence -> to.lease(fence.lease()).epoch(fence.epoch()))
        .all(
            transaction.unchanged().entrySet(),
            entry -> to.key(entry.getKey()).revision(entry.getValue()))
        .all(transaction.changes(), change -> write(to, change));
  }

  private static Transaction transaction(Decoder from) {
    var head = from.key();
    var expected = from.revision();
    var intent = new IntentId(from.text());
    var fences = from.all(() -> new Fence(from.lease(), from.epoch()));
    var unchanged = new TreeMap<Key, Revision>();
    from.all(() -> unchanged.put(from.key(), from.revision()) == null);
    var changes = from.all(() -> change(from));
    return new Transaction(head, expected, intent, fences.stream().findFirst(), unchanged, changes);
  }

  private static void write(Encoder to, Change change) {
    switch (change) {
      case Change.Put(var key, var value) -> to.tag(PUT).key(key).text(value);
      case Change.Delete(var key) -> to.tag(DELETE).key(key);
    }
  }

  private static Change change(Decoder from) {
    int kind = from.tag();
    return switch (kind) {
      case PUT -> new Change.Put(from.key(), from.text());
      case DELETE -> new Change.Delete(from.key());
      default ->
          throw new IllegalArgumentException("kind %d of a change is not known".formatted(kind));
    };
  }
}
