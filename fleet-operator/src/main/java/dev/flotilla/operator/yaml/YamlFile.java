package dev.flotilla.operator.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// A file of YAML or JSON, as `kubectl` understands it.
///
/// @param lines of the text
/// @param documents those that say something
/// @param unreadable why the file could not be read to its end
public record YamlFile(
    List<String> lines, List<YamlDocument> documents, List<Objection> unreadable) {

  /// Much more than the API server takes.
  private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  private static final int MAX_DEPTH = 100;

  /// Once all references are followed.
  private static final int MAX_VALUES = 500_000;

  private static final String MERGE = "<<";

  public YamlFile {
    lines = List.copyOf(lines);
    documents = List.copyOf(documents);
    unreadable = List.copyOf(unreadable);
  }

  /// Reads a text; whatever it is, the result says what is wrong.
  public static YamlFile read(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    options.setNestingDepthLimit(MAX_DEPTH);
    var documents = new ArrayList<YamlDocument>();
    var unreadable = new ArrayList<Objection>();
    try {
      for (Node root : new Yaml(options).composeAll(new StringReader(text))) {
        var document = new Reader().read(root);
        if (!document.tree().isNull()) {
          documents.add(document);
        }
      }
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      unreadable.add(
          new Objection(
              mark == null ? Spot.START : new Spot(mark.getLine() + 1, mark.getColumn() + 1, 1),
              "",
              "is not YAML from here on: " + e.getProblem(),
              "correct what stands here or right before it"));
    } catch (YAMLException e) {
      unreadable.add(
          new Objection(
              Spot.START, "", "cannot be read: " + e.getMessage(), "write it out, in parts"));
    }
    return new YamlFile(text.lines().toList(), documents, unreadable);
  }

  /// Turns nodes into a tree and notes where each one stands.
  private static final class Reader {

    private final SortedMap<String, Spot> keys = new TreeMap<>();
    private final SortedMap<String, Spot> values = new TreeMap<>();
    private final List<Objection> objections = new ArrayList<>();
    private int read;

    YamlDocument read(Node root) {
      var tree = tree(root, "", 0);
      return new YamlDocument(tree, keys, values, objections);
    }

    private JsonNode tree(Node node, String pointer, int depth) {
      read++;
      if (read > MAX_VALUES || depth > MAX_DEPTH) {
        throw new YAMLException("it is too deep, or refers to itself too often");
      }
      values.put(pointer, spot(node));
      return switch (node) {
        case ScalarNode scalar -> Scalars.value(scalar);
        case SequenceNode sequence -> {
          var array = JsonNodeFactory.instance.arrayNode();
          for (Node entry : sequence.getValue()) {
            array.add(tree(entry, pointer + "/" + array.size(), depth + 1));
          }
          yield array;
        }
        case MappingNode mapping -> object(mapping, pointer, depth);
        default -> throw new IllegalStateException("YAML has scalars, sequences and mappings");
      };
    }

    private JsonNode object(MappingNode mapping, String pointer, int depth) {
      var object = JsonNodeFactory.instance.objectNode();
      // What is merged in gives way to what stands here, wherever it stands.
      mapping.getValue().stream()
          .filter(tuple -> name(tuple).equals(MERGE))
          .forEach(tuple -> merge(tuple.getValueNode(), pointer, object, depth + 1));
      var here = new HashSet<String>();
      for (NodeTuple tuple : mapping.getValue()) {
        var name = name(tuple);
        if (name.equals(MERGE)) {
          continue;
        }
        var child = pointer + "/" + FieldPath.escape(name);
        if (!here.add(name)) {
          objections.add(
              new Objection(
                  spot(tuple.getKeyNode()),
                  FieldPath.ofPointer(child),
                  "is written twice, and only the last one counts",
                  "take one of them out"));
        }
        keys.put(child, spot(tuple.getKeyNode()));
        object.set(name, tree(tuple.getValueNode(), child, depth + 1));
      }
      return object;
    }

    private void merge(Node source, String pointer, ObjectNode object, int depth) {
      switch (source) {
        case MappingNode mapping -> {
          for (var entry : object(mapping, pointer, depth).properties()) {
            object.set(entry.getKey(), entry.getValue());
          }
        }
        case SequenceNode sequence ->
            sequence
                .getValue()
                .reversed()
                .forEach(entry -> merge(entry, pointer, object, depth + 1));
        default -> {
          // Not a merge; go-yaml takes it for nothing, too.
        }
      }
    }

    private static String name(NodeTuple tuple) {
      return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }

    private static Spot spot(Node node) {
      var start = node.getStartMark();
      var end = node.getEndMark();
      int length = end.getLine() == start.getLine() ? end.getColumn() - start.getColumn() : 1;
      return new Spot(start.getLine() + 1, start.getColumn() + 1, length);
    }
  }
}
