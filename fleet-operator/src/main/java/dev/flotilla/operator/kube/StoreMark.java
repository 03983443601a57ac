package dev.flotilla.operator.kube;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.kube.read.StoreReader;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.topology.model.Epoch;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.InstantSource;
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

  /// Why nobody may act by the store's lease until a person takes this away.
  private static final String HALTED = "halted";

  private static final String RESUME = "{\"data\":{\"epoch\":\"0\",\"halted\":null}}";

  private final ApiServer api;
  private final String namespace;
  private final InstantSource clock;

  StoreMark(ApiServer api, String namespace, InstantSource clock) {
    this.api = api;
    this.namespace = namespace;
    this.clock = clock;
  }

  /// Raises the number, in one attempt. Unknown if somebody else raised it at the same time, or if
  /// it is not sure what became of the write: a number that nobody acts under does no harm.
  Reading<Epoch> raise(StopSignal stop) {
    return switch (api.get(stop, ConfigMap.class, namespace, Labels.STORE)) {
      case Reading.Unknown<Optional<ConfigMap>>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<Optional<ConfigMap>>(var found, var at) when found.isEmpty() ->
          outcome(FIRST, create(stop, entries(FIRST, "")));
      case Reading.Known<Optional<ConfigMap>>(var found, var at) ->
          StoreReader.epoch(found.get())
              .map(Epoch::next)
              .map(next -> outcome(next, update(stop, found.get(), entries(next, ""))))
              .orElseGet(() -> new Reading.Unknown<>(unreadable()));
    };
  }

  /// Shows the number of a lease, in one attempt.
  ///
  /// @return known and empty once it is shown; known with the reason if the store that gave it is
  ///   older than what has acted
  Reading<Optional<String>> mirror(StopSignal stop, Epoch epoch, String holder) {
    return switch (api.get(stop, ConfigMap.class, namespace, Labels.STORE)) {
      case Reading.Unknown<Optional<ConfigMap>>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<Optional<ConfigMap>>(var found, var at) when found.isEmpty() ->
          outcome(Optional.empty(), create(stop, entries(epoch, holder)));
      case Reading.Known<Optional<ConfigMap>>(var found, var at) ->
          StoreReader.epoch(found.get())
              .map(shown -> mirror(stop, found.get(), shown, epoch, holder))
              .orElseGet(() -> new Reading.Unknown<>(unreadable()));
    };
  }

  private Reading<Optional<String>> mirror(
      StopSignal stop, ConfigMap found, Epoch shown, Epoch epoch, String holder) {
    var halted = entry(found, HALTED);
    if (halted.isPresent()) {
      return known(Optional.of(halted.get() + "; " + remedy()));
    }
    if (shown.equals(epoch) && entry(found, HOLDER).filter(holder::equals).isPresent()) {
      return known(Optional.empty());
    }
    if (shown.compareTo(epoch) < 0) {
      return outcome(Optional.empty(), update(stop, found, entries(epoch, holder)));
    }
    var why =
        "the store gave epoch %s although epoch %s has acted already, so it was reset, restored or is another one"
            .formatted(epoch, shown);
    return outcome(Optional.of(why + "; " + remedy()), update(stop, found, Map.of(HALTED, why)));
  }

  private String remedy() {
    return "compare its members with what runs, then go on with: kubectl patch configmap "
        + "%s -n %s --type=merge -p '%s'".formatted(Labels.STORE, namespace, RESUME);
  }

  private static Optional<String> entry(ConfigMap found, String key) {
    return Optional.ofNullable(found.getData().get(key)).filter(value -> !value.isEmpty());
  }

  private <T> Reading<T> outcome(T value, WriteResult result) {
    return switch (result) {
      case WriteResult.Done done -> known(value);
      case WriteResult.Rejected(var code, var cause, var message) -> new Reading.Unknown<>(message);
      case WriteResult.RetryAfter(var delay, var message) -> new Reading.Unknown<>(message);
      case WriteResult.Unconfirmed(var message) -> new Reading.Unknown<>(message);
    };
  }

  private <T> Reading<T> known(T value) {
    return new Reading.Known<>(value, clock.instant());
  }

  /// It is never started over: a lower number would let an older operator act again.
  private String unreadable() {
    return "ConfigMap %s/%s holds no number under the key epoch; put back one that is higher than any before"
        .formatted(namespace, Labels.STORE);
  }

  private static Map<String, String> entries(Epoch epoch, String holder) {
    return Map.of(StoreReader.EPOCH, epoch.toString(), HOLDER, holder);
  }

  private WriteResult create(StopSignal stop, Map<String, String> entries) {
    return api.create(
        stop,
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(Labels.STORE)
            .withLabels(Labels.ours())
            .endMetadata()
            .withData(entries)
            .build());
  }

  private WriteResult update(StopSignal stop, ConfigMap found, Map<String, String> entries) {
    return api.merge(stop, found, Map.of("data", entries));
  }
}
