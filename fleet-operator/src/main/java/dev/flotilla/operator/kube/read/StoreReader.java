package dev.flotilla.operator.kube.read;

import dev.flotilla.topology.model.Epoch;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Optional;

/// The ConfigMap that says which operator is the newest.
public final class StoreReader {

  /// Its key: a number in decimal digits.
  public static final String EPOCH = "epoch";

  private StoreReader() {}

  /// The number; empty if there is none, or something that is no number.
  public static Optional<Epoch> epoch(ConfigMap map) {
    return Refs.entry(map.getData(), EPOCH)
        .flatMap(text -> Refs.legal(text, digits -> new Epoch(Long.parseLong(digits))));
  }
}
