package dev.flotilla.topology.etcd;

import dev.flotilla.topology.etcd.Etcd.Answer;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.LeaseResult;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.lease.LeaseGrantResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.time.Duration;
import java.util.Optional;

/// One lease: a key with the holder's name that etcd removes after its time, and one with the epoch
/// that stays.
record EtcdLease(Etcd etcd, LeaseName name) {

  /// Others that come at the same moment win once; twice in a row is a reason to come back later.
  private static final int ATTEMPTS = 2;

  /// @param holder empty if nobody holds it
  private record State(Optional<KeyValue> holder, Optional<KeyValue> epochEntry, Epoch epoch) {

    long epochRevision() {
      return epochEntry.map(KeyValue::getModRevision).orElse(0L);
    }
  }

  static final String UNREADABLE = "etcd has something that is no number for the epoch";

  /// The number that an entry holds; 0 if there is none, and empty if it holds no number.
  static Optional<Epoch> epoch(Optional<KeyValue> entry) {
    try {
      return Optional.of(
          entry.map(Etcd::text).map(Long::parseLong).map(Epoch::new).orElse(new Epoch(0)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  LeaseResult take(String holder, Duration time) throws InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      switch (ask()) {
        case Answer.Missing<State>(var why) -> {
          return new LeaseResult.Unconfirmed(why);
        }
        case Answer.Given<State>(var state) -> {
          var result =
              state.holder().isPresent()
                  ? Optional.of(prolong(state, holder))
                  : takeFree(state, holder, time);
          if (result.isPresent()) {
            return result.get();
          }
        }
      }
    }
    return new LeaseResult.Unconfirmed("others ask for it at the same time");
  }

  private Answer<State> ask() throws InterruptedException {
    var both =
        etcd.client()
            .getKVClient()
            .txn()
            .Then(Op.get(holderKey(), GetOption.DEFAULT), Op.get(epochKey(), GetOption.DEFAULT))
            .commit();
    return switch (etcd.ask(both)) {
      case Answer.Missing<TxnResponse>(var why) -> new Answer.Missing<>(why);
      case Answer.Given<TxnResponse>(var said) -> {
        var holder = Etcd.only(said.getGetResponses().get(0));
        var entry = Etcd.only(said.getGetResponses().get(1));
        yield epoch(entry)
            .<Answer<State>>map(epoch -> new Answer.Given<>(new State(holder, entry, epoch)))
            .orElseGet(() -> new Answer.Missing<>(UNREADABLE));
      }
    };
  }

  private LeaseResult prolong(State state, String holder) throws InterruptedException {
    var entry = state.holder().orElseThrow();
    if (!Etcd.text(entry).equals(holder)) {
      return new LeaseResult.Held(Etcd.text(entry), state.epoch());
    }
    return switch (etcd.ask(etcd.client().getLeaseClient().keepAliveOnce(entry.getLease()))) {
      case Answer.Missing<?>(var why) -> new LeaseResult.Unconfirmed(why);
      case Answer.Given<?> kept -> new LeaseResult.Granted(state.epoch());
    };
  }

  /// @return empty if somebody else came first
  private Optional<LeaseResult> takeFree(State state, String holder, Duration time)
      throws InterruptedException {
    var leases = etcd.client().getLeaseClient();
    return switch (etcd.ask(leases.grant(Math.ceilDiv(time.toMillis(), 1000L)))) {
      case Answer.Missing<LeaseGrantResponse>(var why) ->
          Optional.of(new LeaseResult.Unconfirmed(why));
      case Answer.Given<LeaseGrantResponse>(var granted) -> {
        var result = write(state, holder, granted.getID());
        if (result.filter(LeaseResult.Granted.class::isInstance).isEmpty()) {
          var _ = etcd.ask(leases.revoke(granted.getID()));
        }
        yield result;
      }
    };
  }

  private Optional<LeaseResult> write(State state, String holder, long lease)
      throws InterruptedException {
    var next = state.epoch().next();
    var pending =
        etcd.client()
            .getKVClient()
            .txn()
            .If(
                new Cmp(holderKey(), Cmp.Op.EQUAL, CmpTarget.modRevision(0)),
                new Cmp(epochKey(), Cmp.Op.EQUAL, CmpTarget.modRevision(state.epochRevision())))
            .Then(
                Op.put(epochKey(), Names.text(next.toString()), PutOption.DEFAULT),
                Op.put(
                    holderKey(),
                    Names.text(holder),
                    PutOption.builder().withLeaseId(lease).build()))
            .commit();
    return switch (etcd.ask(pending)) {
      case Answer.Missing<TxnResponse>(var why) -> Optional.of(new LeaseResult.Unconfirmed(why));
      case Answer.Given<TxnResponse>(var said) ->
          said.isSucceeded() ? Optional.of(new LeaseResult.Granted(next)) : Optional.empty();
    };
  }

  /// Nothing happens unless it is held by this holder at this epoch.
  void release(String holder, Epoch epoch) throws InterruptedException {
    var pending =
        etcd.client()
            .getKVClient()
            .txn()
            .If(
                new Cmp(holderKey(), Cmp.Op.EQUAL, CmpTarget.value(Names.text(holder))),
                new Cmp(epochKey(), Cmp.Op.EQUAL, CmpTarget.value(Names.text(epoch.toString()))))
            .Then(Op.delete(holderKey(), DeleteOption.DEFAULT))
            .commit();
    var _ = etcd.ask(pending);
  }

  private ByteSequence holderKey() {
    return etcd.names().holder(name);
  }

  private ByteSequence epochKey() {
    return etcd.names().epoch(name);
  }
}
