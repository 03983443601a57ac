package dev.flotilla.operator.app;

import dev.flotilla.operator.api.StoreDesk;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.document.StoreComparison;
import dev.flotilla.operator.document.StoreContents;
import dev.flotilla.operator.document.StoreRestored;
import dev.flotilla.operator.kube.StoreMap;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.shell.Operator;
import dev.flotilla.topology.store.Contents;
import dev.flotilla.topology.store.Key;
import java.util.SortedMap;
import java.util.TreeMap;

/// The store as a whole, for those who ask over HTTPS. Who may order a restore is decided by
/// Kubernetes: it stands in the ConfigMap `flotilla-store`, and only what is named there is put
/// back.
record OperatorDesk(Operator operator, StoreMap map, StopSignal stop) implements StoreDesk {

  @Override
  public Reading<StoreComparison> compare() {
    return operator.compare(stop).map(StoreComparison::of);
  }

  @Override
  public Reading<StoreContents> contents() {
    return operator.contents().map(OperatorDesk::contents);
  }

  private static StoreContents contents(Contents contents) {
    return StoreContents.of(
        "",
        contents.at().value(),
        contents.entries().values().stream()
            .map(entry -> new StoreContents.Item(entry.key().path(), entry.value()))
            .toList());
  }

  @Override
  public Reading<StoreRestored> restore(StoreContents backup) {
    return map.ordered(stop)
        .then(ordered ->
            ordered.filter(backup.checksum()::equals).isPresent()
                ? operator.restore(stop, entries(backup)).map(OperatorDesk::restored)
                : new Reading.Unknown<>("nobody has ordered this backup to be put back: " + map));
  }

  private static SortedMap<Key, String> entries(StoreContents backup) {
    var entries = new TreeMap<Key, String>();
    backup.entries().forEach(item -> entries.put(new Key(item.key()), item.value()));
    return entries;
  }

  private static StoreRestored restored(Operator.Restored done) {
    return new StoreRestored(done.databases(), done.written(), done.removed());
  }
}
