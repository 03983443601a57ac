package dev.flotilla.operator.engine.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.MarkOrder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The settings that keep shards off members, as they stand in the engine's cluster state.
///
/// The operator writes into one of them, [#OWN] among the persistent ones. A transient setting of
/// that name takes the place of the persistent one as a whole, also when it is empty.
///
/// @param lasting persistent settings by name
/// @param passing transient settings by name
record ExcludeSettings(
    SortedMap<String, ExcludeText> lasting, SortedMap<String, ExcludeText> passing) {

  /// By name, because a name is never given to another member, while an address is.
  static final String OWN = "cluster.routing.allocation.exclude._name";

  private static final String FAMILY = "cluster.routing.allocation.exclude.";
  private static final String HIDDEN =
      "a transient setting %s, which somebody else has set, takes the place of the persistent one"
          .formatted(OWN);

  ExcludeSettings {
    lasting = Collections.unmodifiableSortedMap(new TreeMap<>(lasting));
    passing = Collections.unmodifiableSortedMap(new TreeMap<>(passing));
  }

  /// @param body of `_cluster/settings?flat_settings=true`, not filtered
  static Reading<ExcludeSettings> parse(byte[] body) {
    try {
      var tree = Json.tree(body);
      return new Reading.Known<>(
          new ExcludeSettings(family(tree.path("persistent")), family(tree.path("transient"))),
          Instant.EPOCH);
    } catch (IOException e) {
      return new Reading.Unknown<>("answered something that is not its settings");
    }
  }

  /// A block that is absent is another shape and not an empty block.
  private static SortedMap<String, ExcludeText> family(JsonNode block) throws IOException {
    Json.require(block.isObject());
    var settings = new TreeMap<String, ExcludeText>();
    for (var setting : block.properties()) {
      if (setting.getKey().startsWith(FAMILY)) {
        settings.put(setting.getKey(), text(setting.getValue()));
      }
    }
    return settings;
  }

  private static ExcludeText text(JsonNode value) throws IOException {
    if (value.isTextual()) {
      return new ExcludeText.Line(value.textValue());
    }
    Json.require(value.isArray());
    var parts = new ArrayList<String>();
    for (var part : value) {
      Json.require(part.isTextual());
      parts.add(part.textValue());
    }
    return new ExcludeText.Items(parts);
  }

  /// What the operator writes into.
  ExcludeText own() {
    return lasting(OWN);
  }

  EngineMarks marks(EngineMarks.Evidence evidence) {
    var elsewhere = new ArrayList<EngineMarks.ForeignMark>();
    lasting.entrySet().stream()
        .filter(setting -> !setting.getKey().equals(OWN))
        .forEach(setting -> elsewhere.addAll(foreign(false, setting.getKey(), setting.getValue())));
    passing.forEach((name, text) -> elsewhere.addAll(foreign(true, name, text)));
    return new EngineMarks(
        evidence,
        OWN,
        new TreeSet<>(own().entries()),
        elsewhere,
        passing.containsKey(OWN) ? Optional.of(HIDDEN) : Optional.empty());
  }

  private static List<EngineMarks.ForeignMark> foreign(
      boolean passing, String name, ExcludeText text) {
    return text.entries().stream()
        .map(entry -> new EngineMarks.ForeignMark(name, passing, by(name), entry))
        .toList();
  }

  private static EngineMarks.By by(String name) {
    return switch (name.substring(FAMILY.length())) {
      case "_name" -> EngineMarks.By.NAME;
      case "_ip", "_host_ip", "_publish_ip", "_host" -> EngineMarks.By.ADDRESS;
      case "_id" -> EngineMarks.By.ID;
      default -> EngineMarks.By.OTHER;
    };
  }

  /// What is to stand where for an order: only settings that it is about.
  ExcludeSettings ordered(MarkOrder order) {
    var nextLasting = new TreeMap<String, ExcludeText>();
    var nextPassing = new TreeMap<String, ExcludeText>();
    if (!order.present().isEmpty() || !order.absent().isEmpty()) {
      nextLasting.put(OWN, own().ordered(order));
    }
    order
        .struck()
        .ifPresent(entry -> {
          nextLasting.put(entry.setting(), lasting(entry.setting()).without(entry.text()));
          Optional.ofNullable(passing.get(entry.setting()))
              .ifPresent(text -> nextPassing.put(entry.setting(), text.without(entry.text())));
        });
    return new ExcludeSettings(nextLasting, nextPassing);
  }

  /// Whether all of it stands in these settings.
  boolean isIn(ExcludeSettings all) {
    return lasting.entrySet().stream()
            .allMatch(it -> it.getValue().equals(all.lasting(it.getKey())))
        && passing.entrySet().stream()
            .allMatch(it -> it.getValue().equals(all.passing.get(it.getKey())));
  }

  private ExcludeText lasting(String name) {
    return lasting.getOrDefault(name, new ExcludeText.Absent());
  }

  /// Whether an entry stands in a setting, lasting or transient.
  boolean has(MarkOrder.Entry entry) {
    return Stream.of(lasting, passing)
        .flatMap(scope -> Optional.ofNullable(scope.get(entry.setting())).stream())
        .anyMatch(text -> text.entries().contains(entry.text()));
  }

  /// The body of the request that sets all of these, and nothing else.
  String request() {
    var out = new StringWriter();
    try (var json = Json.generator(out)) {
      json.writeStartObject();
      write(json, "persistent", lasting);
      write(json, "transient", passing);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes everything", e);
    }
    return out.toString();
  }

  private static void write(
      JsonGenerator json, String scope, SortedMap<String, ExcludeText> settings)
      throws IOException {
    if (settings.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(scope);
    for (var setting : settings.entrySet()) {
      json.writeFieldName(setting.getKey());
      write(json, setting.getValue());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, ExcludeText value) throws IOException {
    switch (value) {
      case ExcludeText.Absent absent -> json.writeNull();
      case ExcludeText.Line(var text) -> json.writeString(text);
      case ExcludeText.Items(var parts) -> {
        json.writeStartArray();
        for (var part : parts) {
          json.writeString(part);
        }
        json.writeEndArray();
      }
    }
  }
}
