package dev.flotilla.operator.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One document of a file: what it says, and where.
///
/// @param tree what it says
/// @param keys where each field's name stands, by JSON pointer; an entry of a list has none
/// @param values where each value stands, by JSON pointer
/// @param objections to how it is written, such as a field that is written twice
public record YamlDocument(
    JsonNode tree,
    SortedMap<String, Spot> keys,
    SortedMap<String, Spot> values,
    List<Objection> objections) {

  public YamlDocument {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    objections = List.copyOf(objections);
  }

  /// Where the value stands; for one that is missing, the nearest field that should contain it.
  public Spot valueAt(String pointer) {
    var found = values.get(pointer);
    if (found != null) {
      return found;
    }
    int slash = pointer.lastIndexOf('/');
    if (slash < 0) {
      return Spot.START;
    }
    var parent = pointer.substring(0, slash);
    // Of what is missing, the name of what should contain it says more than the whole content.
    return Optional.ofNullable(keys.get(parent)).orElseGet(() -> valueAt(parent));
  }

  /// Where the name of the field stands, or its value if it is an entry of a list.
  public Spot keyAt(String pointer) {
    return Optional.ofNullable(keys.get(pointer)).orElseGet(() -> valueAt(pointer));
  }

  /// What is wrong with a value.
  public Objection toValue(String pointer, String what, String fix) {
    return new Objection(valueAt(pointer), FieldPath.ofPointer(pointer), what, fix);
  }

  /// What is wrong with a field that should not be there.
  public Objection toField(String pointer, String what, String fix) {
    return new Objection(keyAt(pointer), FieldPath.ofPointer(pointer), what, fix);
  }
}
