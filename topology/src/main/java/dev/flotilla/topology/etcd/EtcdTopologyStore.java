package dev.flotilla.topology.etcd;

import dev.flotilla.topology.etcd.Etcd.Answer;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.CommitResult.Objection;
import dev.flotilla.topology.store.Contents;
import dev.flotilla.topology.store.Entry;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.LeaseResult;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.StoreWatcher;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.Transaction;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLException;

/// A [TopologyStore] in etcd 3.4 or later.
///
/// A revision is etcd's own, which grows with every write of anybody. No request is repeated by
/// itself: what was not answered in time is Unconfirmed.
public final class EtcdTopologyStore implements TopologyStore {

  /// A server that fell silent is noticed after this and the limit; etcd allows no less than 5 s.
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  private final Etcd etcd;

  /// @param client closed with the store
  /// @param prefix of everything that is written, with its last `/`
  /// @param limit for each request
  public EtcdTopologyStore(Client client, String prefix, Duration limit) {
    etcd = new Etcd(client, new Names(prefix), limit);
  }

  /// A store in an etcd that need not be there yet: what is asked meanwhile is not answered.
  ///
  /// @param limit for each request
  /// @throws IllegalArgumentException if a file for TLS cannot be used
  public static EtcdTopologyStore connect(EtcdAddress address, Duration limit) {
    var builder =
        Client.builder()
            .endpoints(address.endpoints())
            .keepaliveTime(KEEP_ALIVE)
            .keepaliveTimeout(limit);
    address
        .tls()
        .ifPresent(tls -> {
          builder.authority(address.endpoints().getFirst().getHost());
          builder.sslContext(secure(tls));
        });
    return new EtcdTopologyStore(builder.build(), address.prefix(), limit);
  }

  private static SslContext secure(EtcdAddress.Tls tls) {
    try {
      var builder = GrpcSslContexts.forClient().trustManager(tls.authority().toFile());
      tls.identity()
          .ifPresent(own -> builder.keyManager(own.certificate().toFile(), own.key().toFile()));
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("the files for TLS with etcd cannot be used", e);
    }
  }

  @Override
  public StoreReading read(Key under) throws InterruptedException {
    var range = GetOption.builder().withRange(etcd.names().past(under)).build();
    var both =
        etcd.client()
            .getKVClient()
            .txn()
            .Then(
                Op.get(etcd.names().entry(under), GetOption.DEFAULT),
                Op.get(etcd.names().under(under), range))
            .commit();
    return switch (etcd.ask(both)) {
      case Answer.Missing<TxnResponse>(var why) -> new StoreReading.Unknown(why);
      case Answer.Given<TxnResponse>(var said) -> known(said);
    };
  }

  /// What stands under a name that is none of ours was not written by us: whoever wrote it may have
  /// meant one of ours.
  private StoreReading known(TxnResponse said) {
    var entries = new TreeMap<Key, Entry>();
    for (GetResponse part : said.getGetResponses()) {
      for (KeyValue found : part.getKvs()) {
        var key = etcd.names().key(found.getKey());
        if (key.isEmpty()) {
          return new StoreReading.Unknown(
              "etcd has an entry with an illegal name: " + found.getKey());
        }
        var revision = new Revision(found.getModRevision());
        entries.put(key.get(), new Entry(key.get(), Etcd.text(found), revision));
      }
    }
    var at = new Revision(said.getHeader().getRevision());
    return new StoreReading.Known(new Contents(at, entries));
  }

  @Override
  public CommitResult commit(Transaction transaction) throws InterruptedException {
    var comparisons = new ArrayList<Cmp>();
    var readings = new ArrayList<Op>();
    transaction
        .conditions()
        .forEach((key, revision) -> {
          comparisons.add(
              new Cmp(
                  etcd.names().entry(key), Cmp.Op.EQUAL, CmpTarget.modRevision(revision.value())));
          readings.add(Op.get(etcd.names().entry(key), GetOption.DEFAULT));
        });
    transaction
        .fence()
        .ifPresent(fence -> {
          var epoch = etcd.names().epoch(fence.lease());
          comparisons.add(
              new Cmp(epoch, Cmp.Op.EQUAL, CmpTarget.value(Names.text(fence.epoch().toString()))));
          readings.add(Op.get(epoch, GetOption.DEFAULT));
        });
    var pending =
        etcd.client()
            .getKVClient()
            .txn()
            .If(comparisons.toArray(Cmp[]::new))
            .Then(writes(transaction))
            .Else(readings.toArray(Op[]::new))
            .commit();
    return switch (etcd.ask(pending)) {
      case Answer.Missing<TxnResponse>(var why) -> new CommitResult.Unconfirmed(why);
      case Answer.Given<TxnResponse>(var said) when said.isSucceeded() ->
          new CommitResult.Applied(new Revision(said.getHeader().getRevision()));
      case Answer.Given<TxnResponse>(var said) -> refusal(transaction, said);
    };
  }

  private Op[] writes(Transaction transaction) {
    return transaction.writes().stream().map(this::write).toArray(Op[]::new);
  }

  private Op write(Change change) {
    var name = etcd.names().entry(change.key());
    return switch (change) {
      case Change.Put(var _, var value) -> Op.put(name, Names.text(value), PutOption.DEFAULT);
      case Change.Delete _ -> Op.delete(name, DeleteOption.DEFAULT);
    };
  }

  /// @param said what was read in place of the writes: one answer for each condition, and last the
  ///   epoch if there is a fence
  private static CommitResult refusal(Transaction transaction, TxnResponse said) {
    var conditions = transaction.conditions();
    var found = said.getGetResponses();
    var now = new TreeMap<Key, Optional<KeyValue>>();
    for (Key key : conditions.keySet()) {
      now.put(key, Etcd.only(found.get(now.size())));
    }
    Optional<KeyValue> head = Objects.requireNonNull(now.get(transaction.head()));
    if (head.map(Etcd::text).filter(transaction.intent().value()::equals).isPresent()) {
      return new CommitResult.Applied(new Revision(head.get().getModRevision()));
    }
    if (transaction.fence().isPresent()) {
      var epoch = EtcdLease.epoch(Etcd.only(found.getLast()));
      if (epoch.isEmpty()) {
        return new CommitResult.Unconfirmed(EtcdLease.UNREADABLE);
      }
      if (!epoch.get().equals(transaction.fence().get().epoch())) {
        return new CommitResult.Rejected(new Objection.Overtaken(epoch.get()));
      }
    }
    return now.entrySet().stream()
        .map(entry ->
            new Objection.Outdated(
                entry.getKey(),
                entry
                    .getValue()
                    .map(value -> new Revision(value.getModRevision()))
                    .orElse(Revision.NONE)))
        .filter(objection -> !objection.current().equals(conditions.get(objection.key())))
        .<CommitResult>map(CommitResult.Rejected::new)
        .findFirst()
        .orElseGet(() ->
            new CommitResult.Unconfirmed("etcd refused it and says that nothing has changed"));
  }

  @Override
  public Registration watch(Key under, Revision after, StoreWatcher watcher) {
    return EtcdWatch.begin(etcd, under, after, watcher);
  }

  @Override
  public LeaseResult lease(LeaseName name, String holder, Duration time)
      throws InterruptedException {
    return new EtcdLease(etcd, name).take(holder, time);
  }

  @Override
  public void release(LeaseName name, String holder, Epoch epoch) throws InterruptedException {
    new EtcdLease(etcd, name).release(holder, epoch);
  }

  @Override
  public void close() {
    etcd.client().close();
  }
}
