package dev.flotilla.operator.app.voter;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.kube.StoreMap;
import dev.flotilla.operator.kube.read.StoreReader;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.raft.app.VoterRecord;
import dev.flotilla.raft.app.VoterRegister;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The record of voters in the ConfigMap `flotilla-store`, beside the number of who acts.
///
/// Source: docs/adr/0024-three-operators-that-vote.md
final class MappedRegister implements VoterRegister {

  /// Nobody has acted yet.
  private static final String NO_EPOCH = "0";

  /// There is no ConfigMap.
  private static final String NO_VERSION = "";

  private final StoreMap map;
  private final StopSignal stop;

  /// @param stop ends what is under way
  MappedRegister(StoreMap map, StopSignal stop) {
    this.map = map;
    this.stop = stop;
  }

  @Override
  public Page read() {
    return switch (map.read(stop)) {
      case Reading.Unknown<Optional<ConfigMap>>(var why) -> new Page.Unknown(why);
      case Reading.Known<Optional<ConfigMap>>(var found, var at) ->
          found.map(this::page).orElseGet(() -> new Page.Known(Optional.empty(), NO_VERSION));
    };
  }

  /// What cannot be read is not taken for nothing: a second store would be founded.
  private Page page(ConfigMap found) {
    try {
      return new Page.Known(VoterRecord.read(data(found)), StoreMap.version(found));
    } catch (IllegalArgumentException e) {
      return new Page.Unknown("%s: %s".formatted(map, e.getMessage()));
    }
  }

  private static Map<String, String> data(ConfigMap found) {
    return Optional.ofNullable(found.getData()).orElse(Map.of());
  }

  @Override
  public Optional<String> write(String version, VoterRecord record) {
    var result =
        version.equals(NO_VERSION) ? create(record) : map.change(stop, version, record.entries());
    return result.objection();
  }

  private WriteResult create(VoterRecord record) {
    var entries = new HashMap<>(record.entries());
    entries.put(StoreReader.EPOCH, NO_EPOCH);
    return map.create(stop, entries);
  }
}
