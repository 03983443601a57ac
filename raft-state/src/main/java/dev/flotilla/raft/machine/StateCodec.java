package dev.flotilla.raft.machine;

import dev.flotilla.raft.command.Decoder;
import dev.flotilla.raft.command.Encoder;
import dev.flotilla.topology.store.Entry;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.TreeMap;

/// A whole state as bytes, for snapshots and backups: equal states have equal bytes. What one
/// version wrote, all later ones read.
public final class StateCodec {

  private static final int VERSION = 1;

  private StateCodec() {}

  public static byte[] encode(StoreState state) {
    var to = new Encoder().tag(VERSION);
    to.number(state.time().toNanos())
        .revision(state.revision())
        .all(
            state.entries().values(),
            entry -> to.key(entry.key()).text(entry.value()).revision(entry.revision()))
        .all(
            state.leases().entrySet(),
            lease ->
                to.lease(lease.getKey())
                    .text(lease.getValue().holder())
                    .epoch(lease.getValue().epoch())
                    .number(lease.getValue().until().toNanos()));
    return to.toBytes();
  }

  /// @throws IllegalArgumentException if it is not what some version wrote
  public static StoreState decode(ByteBuffer bytes) {
    var from = new Decoder(bytes);
    from.version(VERSION, "a state");
    var time = Duration.ofNanos(from.number());
    var revision = from.revision();
    var entries = new TreeMap<Key, Entry>();
    from.all(() -> new Entry(from.key(), from.text(), from.revision()))
        .forEach(entry -> entries.put(entry.key(), entry));
    var leases = new TreeMap<LeaseName, StoreState.Lease>();
    from.all(() ->
        leases.put(
                from.lease(),
                new StoreState.Lease(from.text(), from.epoch(), Duration.ofNanos(from.number())))
            == null);
    from.end();
    return new StoreState(
        time,
        revision,
        StoreState.EMPTY.entries().plusAll(entries),
        StoreState.EMPTY.leases().plusAll(leases));
  }
}
