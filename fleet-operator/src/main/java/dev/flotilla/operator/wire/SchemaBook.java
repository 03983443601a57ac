package dev.flotilla.operator.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Collects the schemas of records, each of which is described once and referred to by name.
final class SchemaBook {

  private final SortedMap<String, ObjectNode> definitions = new TreeMap<>();
  private final Descriptions descriptions;

  SchemaBook(Descriptions descriptions) {
    this.descriptions = descriptions;
  }

  /// A reference to a record's schema, which is made when it is first referred to.
  ObjectNode reference(String name, Supplier<ObjectNode> schema) {
    if (!definitions.containsKey(name)) {
      definitions.put(name, node());
      definitions.put(name, schema.get());
    }
    return node().put("$ref", "#/$defs/" + name);
  }

  Descriptions descriptions() {
    return descriptions;
  }

  ObjectNode definitions() {
    var all = node();
    definitions.forEach(all::set);
    return all;
  }

  static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
