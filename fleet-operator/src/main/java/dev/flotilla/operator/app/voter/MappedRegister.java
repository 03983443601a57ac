package dev.flotilla.operator.app.voter;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.kube.ApiServer;
import dev.flotilla.operator.kube.read.StoreReader;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.raft.app.VoterRecord;
import dev.flotilla.raft.app.VoterRegister;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The record of voters in the ConfigMap `flotilla-store`, beside the number of who acts.
///
/// Source: docs/adr/0024-three-operators-that-vote.md
final class MappedRegister implements VoterRegister {

  /// Nobody has acted yet.
  private static final String NO_EPOCH = "0";

  private final ApiServer api;
  private final StopSignal stop;
  private final String namespace;

  /// @param stop ends what is under way
  /// @param namespace the operator's own
  MappedRegister(ApiServer api, StopSignal stop, String namespace) {
    this.api = api;
    this.stop = stop;
    this.namespace = namespace;
  }

  @Override
  public Page read() {
    return switch (api.get(stop, ConfigMap.class, namespace, Labels.STORE)) {
      case Reading.Unknown<Optional<ConfigMap>>(var why) -> new Page.Unknown(why);
      case Reading.Known<Optional<ConfigMap>>(var found, var at) ->
          found.map(this::page).orElseGet(() -> new Page.Known(Optional.empty(), Version.NONE));
    };
  }

  /// What cannot be read is not taken for nothing: a second store would be founded.
  private Page page(ConfigMap found) {
    try {
      return new Page.Known(VoterRecord.read(data(found)), Version.of(found));
    } catch (IllegalArgumentException e) {
      return new Page.Unknown(
          "ConfigMap %s/%s: %s".formatted(namespace, Labels.STORE, e.getMessage()));
    }
  }

  private static Map<String, String> data(ConfigMap found) {
    return Optional.ofNullable(found.getData()).orElse(Map.of());
  }

  @Override
  public Optional<String> write(String version, VoterRecord record) {
    var result =
        version.equals(Version.NONE)
            ? create(record)
            : api.merge(stop, Version.map(namespace, version), Map.of("data", record.entries()));
    return switch (result) {
      case WriteResult.Done done -> Optional.empty();
      case WriteResult.Rejected(var code, var cause, var message) -> Optional.of(message);
      case WriteResult.RetryAfter(var delay, var message) -> Optional.of(message);
      case WriteResult.Unconfirmed(var message) -> Optional.of(message);
    };
  }

  private WriteResult create(VoterRecord record) {
    var entries = new HashMap<>(record.entries());
    entries.put(StoreReader.EPOCH, NO_EPOCH);
    return api.create(stop, map(namespace).withData(entries).build());
  }

  private static ConfigMapBuilder map(String namespace) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(Labels.STORE)
        .withLabels(Labels.ours())
        .endMetadata();
  }

  /// The object and its version, in one word.
  private static final class Version {

    static final String NONE = "";
    private static final String BETWEEN = "/";

    private Version() {}

    static String of(ConfigMap found) {
      return found.getMetadata().getUid() + BETWEEN + found.getMetadata().getResourceVersion();
    }

    /// As much of the object as a change of just this version has to name.
    static ConfigMap map(String namespace, String version) {
      var parts = version.split(BETWEEN);
      return MappedRegister.map(namespace)
          .editMetadata()
          .withUid(parts[0])
          .withResourceVersion(parts[1])
          .endMetadata()
          .build();
    }
  }
}
