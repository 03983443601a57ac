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
/// It is created once and then raised by compare-and-set, so that no two operators ever get the
/// same number.
final class StoreMark {

  private static final Epoch FIRST = new Epoch(1);

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
          outcome(FIRST, create(stop));
      case Reading.Known<Optional<ConfigMap>>(var found, var at) ->
          StoreReader.epoch(found.get())
              .map(epoch -> outcome(epoch.next(), update(stop, found.get(), epoch.next())))
              .orElseGet(() -> new Reading.Unknown<>(unreadable()));
    };
  }

  private Reading<Epoch> outcome(Epoch epoch, WriteResult result) {
    return switch (result) {
      case WriteResult.Done done -> new Reading.Known<>(epoch, clock.instant());
      case WriteResult.Rejected(var code, var cause, var message) -> new Reading.Unknown<>(message);
      case WriteResult.RetryAfter(var delay, var message) -> new Reading.Unknown<>(message);
      case WriteResult.Unconfirmed(var message) -> new Reading.Unknown<>(message);
    };
  }

  /// It is never started over: a lower number would let an older operator act again.
  private String unreadable() {
    return "ConfigMap %s/%s holds no number under the key epoch; put back one that is higher than any before"
        .formatted(namespace, Labels.STORE);
  }

  private WriteResult create(StopSignal stop) {
    return api.create(
        stop,
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(Labels.STORE)
            .withLabels(Labels.ours())
            .endMetadata()
            .withData(Map.of(StoreReader.EPOCH, FIRST.toString()))
            .build());
  }

  private WriteResult update(StopSignal stop, ConfigMap found, Epoch next) {
    return api.merge(stop, found, Map.of("data", Map.of(StoreReader.EPOCH, next.toString())));
  }
}
