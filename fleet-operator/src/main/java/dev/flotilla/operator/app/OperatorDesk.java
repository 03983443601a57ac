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
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The store as a whole, for those who ask over HTTPS. Who may order a restore is decided by
/// Kubernetes: it stands in the ConfigMap `flotilla-store`, and only what is named there is put
/// back.
record OperatorDesk(Operator operator, StoreMap map, StopSignal stop) implements StoreDesk {

  @Override
  public Reading<StoreComparison> compare() {
    return mapped(operator.compare(stop), StoreComparison::of);
  }

  @Override
  public Reading<StoreContents> contents() {
    return mapped(operator.contents(), OperatorDesk::contents);
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
    return switch (map.ordered(stop)) {
      case Reading.Unknown<Optional<String>>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<Optional<String>>(var ordered, var at)
          when ordered.filter(backup.checksum()::equals).isEmpty() ->
          new Reading.Unknown<>("nobody has ordered this backup to be put back: " + map);
      case Reading.Known<Optional<String>>(var ordered, var at) -> {
        var entries = new TreeMap<Key, String>();
        backup.entries().forEach(item -> entries.put(new Key(item.key()), item.value()));
        yield mapped(
            operator.restore(stop, entries),
            done -> new StoreRestored(done.databases(), done.written(), done.removed()));
      }
    };
  }

  private static <A, B> Reading<B> mapped(Reading<A> reading, Function<A, B> function) {
    return switch (reading) {
      case Reading.Unknown<A>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<A>(var value, var at) -> new Reading.Known<>(function.apply(value), at);
    };
  }
}
