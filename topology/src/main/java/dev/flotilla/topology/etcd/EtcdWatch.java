package dev.flotilla.topology.etcd;

import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.StoreWatcher;
import dev.flotilla.topology.store.TopologyStore.Registration;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Tells a watcher what etcd tells of one key and everything under it.
///
/// One range holds both: `KEY` and the keys from `KEY/` on are neighbours but for what lies between
/// them, which is left out here.
final class EtcdWatch implements Watch.Listener {

  private final Names names;
  private final Key under;
  private final StoreWatcher watcher;
  private final AtomicBoolean over = new AtomicBoolean();

  private EtcdWatch(Names names, Key under, StoreWatcher watcher) {
    this.names = names;
    this.under = under;
    this.watcher = watcher;
  }

  static Registration begin(Etcd etcd, Key under, Revision after, StoreWatcher watcher) {
    var listener = new EtcdWatch(etcd.names(), under, watcher);
    var option =
        WatchOption.builder()
            .withRevision(after.value() + 1)
            .withRange(etcd.names().past(under))
            .build();
    var watch = etcd.client().getWatchClient().watch(etcd.names().entry(under), option, listener);
    return () -> {
      listener.over.set(true);
      watch.close();
    };
  }

  @Override
  public void onNext(WatchResponse response) {
    var changes = new ArrayList<Change>();
    long at = 0;
    for (WatchEvent event : response.getEvents()) {
      long revision = event.getKeyValue().getModRevision();
      if (revision != at) {
        tell(at, changes);
        changes.clear();
        at = revision;
      }
      change(event, changes);
    }
    tell(at, changes);
  }

  private void change(WatchEvent event, List<Change> changes) {
    names
        .key(event.getKeyValue().getKey())
        .filter(key -> key.isWithin(under))
        .ifPresent(key ->
            changes.add(
                event.getEventType() == WatchEvent.EventType.DELETE
                    ? new Change.Delete(key)
                    : new Change.Put(key, Etcd.text(event.getKeyValue()))));
  }

  private void tell(long at, List<Change> changes) {
    if (!changes.isEmpty() && !over.get()) {
      changes.sort(Comparator.comparing(Change::key));
      watcher.changed(new Revision(at), List.copyOf(changes));
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (over.compareAndSet(false, true)) {
      watcher.ended(
          failure instanceof CompactedException
              ? StoreWatcher.Ending.COMPACTED
              : StoreWatcher.Ending.LOST,
          "etcd says: " + Etcd.words(failure));
    }
  }

  @Override
  public void onCompleted() {
    if (over.compareAndSet(false, true)) {
      watcher.ended(StoreWatcher.Ending.LOST, "etcd ended the watch");
    }
  }
}
