package dev.flotilla.operator.kube;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.kube.read.StoreReader;
import dev.flotilla.operator.port.Mirrored;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.topology.model.Epoch;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The ConfigMap `flotilla-store` in the operator's namespace: its number says which operator is
/// the newest.
///
/// It is created once and then raised by compare-and-set, so that no two operators ever act under
/// the same number.
///
/// Source: docs/adr/0019-a-lease-and-its-mirror.md
final class StoreMark {

  private static final Epoch FIRST = new Epoch(1);

  /// Who acts by the store's lease; empty if nobody does.
  private static final String HOLDER = "holder";

  /// What a person has said counts.
  private static final String TRUSTED = "trusted";

  /// Lower than every epoch that a store gives.
  private static final Epoch NONE = new Epoch(0);

  private final StoreMap map;
  private final InstantSource clock;

  StoreMark(StoreMap map, InstantSource clock) {
    this.map = map;
    this.clock = clock;
  }

  /// Raises the number, in one attempt. Unknown if somebody else raised it at the same time, or if
  /// it is not sure what became of the write: a number that nobody acts under does no harm.
  Reading<Epoch> raise(StopSignal stop) {
    return switch (map.read(stop)) {
      case Reading.Unknown<Optional<ConfigMap>>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<Optional<ConfigMap>>(var found, var at) when found.isEmpty() ->
          outcome(FIRST, map.create(stop, entries(FIRST, "")));
      case Reading.Known<Optional<ConfigMap>>(var found, var at) ->
          StoreReader.epoch(found.get())
              .map(Epoch::next)
              .map(next -> outcome(next, update(stop, found.get(), entries(next, ""))))
              .orElseGet(() -> new Reading.Unknown<>(unreadable()));
    };
  }

  /// Shows the number of a lease, in one attempt.
  Reading<Mirrored> mirror(StopSignal stop, Epoch epoch, String holder) {
    return switch (map.read(stop)) {
      case Reading.Unknown<Optional<ConfigMap>>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<Optional<ConfigMap>>(var found, var at) when found.isEmpty() ->
          outcome(new Mirrored.Shown(), map.create(stop, entries(epoch, holder)));
      case Reading.Known<Optional<ConfigMap>>(var found, var at) ->
          StoreReader.epoch(found.get())
              .map(shown -> mirror(stop, found.get(), shown, epoch, holder))
              .orElseGet(() -> new Reading.Unknown<>(unreadable()));
    };
  }

  private Reading<Mirrored> mirror(
      StopSignal stop, ConfigMap found, Epoch shown, Epoch epoch, String holder) {
    var halted = entry(found, StoreMap.HALTED);
    if (halted.isPresent()) {
      return known(new Mirrored.Halted(halted.get(), trusted(found)));
    }
    if (shows(found, epoch, holder)) {
      return known(new Mirrored.Shown());
    }
    if (shown.compareTo(epoch) < 0) {
      return outcome(new Mirrored.Shown(), update(stop, found, entries(epoch, holder)));
    }
    var why =
        "the store gave epoch %s although epoch %s has acted already, so it was reset, restored or is another one"
            .formatted(epoch, shown);
    return outcome(
        new Mirrored.Halted(why, Optional.empty()),
        update(stop, found, Map.of(StoreMap.HALTED, why)));
  }

  private static Optional<Mirrored.Trusted> trusted(ConfigMap found) {
    return entry(found, TRUSTED)
        .flatMap(word ->
            Arrays.stream(Mirrored.Trusted.values())
                .filter(side -> side.name().equalsIgnoreCase(word))
                .findFirst());
  }

  /// Whether the ConfigMap shows that number of that holder.
  Reading<Boolean> shows(StopSignal stop, Epoch epoch, String holder) {
    return map.read(stop).map(found -> found.filter(it -> shows(it, epoch, holder)).isPresent());
  }

  private static boolean shows(ConfigMap found, Epoch epoch, String holder) {
    return StoreReader.epoch(found).filter(epoch::equals).isPresent()
        && entry(found, HOLDER).filter(holder::equals).isPresent();
  }

  /// Takes away why nobody may act, if it was a person's word that ends it.
  WriteResult resume(StopSignal stop) {
    return switch (map.read(stop)) {
      case Reading.Unknown<Optional<ConfigMap>>(var why) ->
          new WriteResult.RetryAfter(Duration.ZERO, why);
      case Reading.Known<Optional<ConfigMap>>(var found, var at)
          when found.flatMap(StoreMark::trusted).isEmpty() ->
          new WriteResult.RetryAfter(Duration.ZERO, "nobody has said yet what counts");
      case Reading.Known<Optional<ConfigMap>>(var found, var at) ->
          update(
              stop,
              found.orElseThrow(),
              Map.of(
                  StoreReader.EPOCH,
                  NONE.toString(),
                  StoreMap.HALTED,
                  "",
                  TRUSTED,
                  "",
                  StoreMap.ORDERED,
                  ""));
    };
  }

  private static Optional<String> entry(ConfigMap found, String key) {
    return Optional.ofNullable(found.getData().get(key)).filter(value -> !value.isEmpty());
  }

  private <T> Reading<T> outcome(T value, WriteResult result) {
    return result.objection().<Reading<T>>map(Reading.Unknown::new).orElseGet(() -> known(value));
  }

  private <T> Reading<T> known(T value) {
    return new Reading.Known<>(value, clock.instant());
  }

  /// It is never started over: a lower number would let an older operator act again.
  private String unreadable() {
    return map
        + " holds no number under the key epoch; put back one that is higher than any before";
  }

  private static Map<String, String> entries(Epoch epoch, String holder) {
    return Map.of(StoreReader.EPOCH, epoch.toString(), HOLDER, holder);
  }

  private WriteResult update(StopSignal stop, ConfigMap found, Map<String, String> entries) {
    return map.change(stop, StoreMap.version(found), entries);
  }
}
