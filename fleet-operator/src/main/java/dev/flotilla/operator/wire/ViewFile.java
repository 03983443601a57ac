package dev.flotilla.operator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.yaml.Objection;
import dev.flotilla.operator.yaml.Spot;
import dev.flotilla.operator.yaml.YamlDocument;
import dev.flotilla.operator.yaml.YamlFile;
import dev.flotilla.operator.yaml.YamlText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A view as a document: what `flotilla plan --save` writes, the operator serves, and `flotilla
/// plan --view` reads. Nothing is lost on the way in either direction.
///
/// Source: UX-8 in docs/requirements.md; docs/reference/schema/ClusterView.json.
public final class ViewFile {

  /// Another one means that a program has to be changed.
  public static final String API_VERSION = "view.flotilla.dev/v1";

  private static final String KIND = "ClusterView";
  private static final String VERSION_FIELD = "apiVersion";
  private static final String KIND_FIELD = "kind";

  private ViewFile() {}

  /// What reading a text gave.
  public sealed interface Read {

    /// It is a view.
    record Good(ClusterView view) implements Read {}

    /// It is none, for these reasons, in the order of the text.
    record Bad(List<Objection> objections) implements Read {
      public Bad {
        objections = List.copyOf(objections);
      }
    }
  }

  /// The document as JSON, on one line.
  public static String json(ClusterView view) {
    return tree(view).toString();
  }

  /// The document as YAML.
  public static String yaml(ClusterView view) {
    return YamlText.write(tree(view));
  }

  /// Reads a document, YAML or JSON.
  public static Read read(String text) {
    var file = YamlFile.read(text);
    if (!file.unreadable().isEmpty()) {
      return new Read.Bad(file.unreadable());
    }
    if (file.documents().size() != 1) {
      return new Read.Bad(
          List.of(
              new Objection(
                  Spot.START,
                  "",
                  "has %d documents".formatted(file.documents().size()),
                  "write one view in one file")));
    }
    return read(file.documents().getFirst());
  }

  private static Read read(YamlDocument document) {
    var mistakes = new Mistakes(document);
    Optional<ClusterView> view = Optional.empty();
    if (hasHead(document.tree(), mistakes)) {
      ObjectNode body = document.tree().deepCopy();
      body.remove(List.of(VERSION_FIELD, KIND_FIELD));
      view = ViewShapes.VIEW.read(body, "", mistakes);
    }
    var objections =
        Stream.concat(document.objections().stream(), mistakes.all().stream()).sorted().toList();
    return view.isPresent() && objections.isEmpty()
        ? new Read.Good(view.get())
        : new Read.Bad(objections);
  }

  private static boolean hasHead(JsonNode tree, Mistakes mistakes) {
    if (!tree.isObject()) {
      mistakes.add("", "is not a view", "write what flotilla plan --save writes");
      return false;
    }
    if (!tree.path(KIND_FIELD).asText().equals(KIND)) {
      mistakes.add("/" + KIND_FIELD, "is not " + KIND, "write kind: " + KIND);
    }
    if (!tree.path(VERSION_FIELD).asText().equals(API_VERSION)) {
      mistakes.add(
          "/" + VERSION_FIELD,
          "is a version that this program does not read: '%s'"
              .formatted(tree.path(VERSION_FIELD).asText()),
          "save the view again with this version of flotilla; it reads " + API_VERSION);
    }
    return mistakes.all().isEmpty();
  }

  /// The schema of the document, with everything that it refers to.
  public static ObjectNode schema(Descriptions descriptions) {
    var book = new SchemaBook(descriptions);
    var schema = SchemaBook.node();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    var view = ViewShapes.VIEW.inline(book);
    var head = SchemaBook.node();
    head.putObject(VERSION_FIELD).put("const", API_VERSION);
    head.putObject(KIND_FIELD).put("const", KIND);
    head.setAll((ObjectNode) view.get("properties"));
    schema.set("$defs", book.definitions());
    schema.setAll(view);
    schema.set("properties", head);
    schema.withArrayProperty("required").add(VERSION_FIELD).add(KIND_FIELD);
    return schema;
  }

  private static ObjectNode tree(ClusterView view) {
    var tree = SchemaBook.node().put(VERSION_FIELD, API_VERSION).put(KIND_FIELD, KIND);
    return tree.setAll((ObjectNode) ViewShapes.VIEW.write(view));
  }
}
