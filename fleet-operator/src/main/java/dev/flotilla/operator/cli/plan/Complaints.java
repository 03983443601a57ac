package dev.flotilla.operator.cli.plan;

import dev.flotilla.operator.cli.call.RawRequests;
import dev.flotilla.operator.yaml.FieldPath;
import dev.flotilla.operator.yaml.Objection;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the API server says against a manifest, with the places in the file.
///
/// @param objections each with its place
/// @param notes what it did not look at
record Complaints(List<Objection> objections, List<String> notes) {

  /// Said when structure and rules are both wrong: the rules come only after the structure.
  private static final String NOT_ALL_CHECKED = "some validation rules were not checked";

  private static final Pattern STRICT =
      Pattern.compile("(?<what>unknown|duplicate) field \"(?<path>[^\"]+)\"");

  /// How the API server writes that a rule is about the resource as a whole.
  private static final String WHOLE = "<nil>";

  /// The kind of a fault and what was found, before what matters.
  private static final Pattern HEAD =
      Pattern.compile(
          "^(Invalid value|Unsupported value|Duplicate value|Too many|Too long|Too few)"
              + "(: (\"(\\\\.|[^\"\\\\])*\"|[-\\d.]+|null|true|false|[\\[{].*?[\\]}]))?: ",
          Pattern.DOTALL);

  Complaints {
    objections = List.copyOf(objections);
    notes = List.copyOf(notes);
  }

  /// @param refusal a `Status`
  static Complaints of(Manifest manifest, RawRequests.Reply refusal) {
    var fields = FieldSchema.of(manifest.kind());
    var objections = new ArrayList<Objection>();
    var notes = new ArrayList<String>();
    var message = refusal.message();
    STRICT
        .matcher(message)
        .results()
        .forEach(found -> {
          var pointer = FieldPath.pointer(manifest.tree(), found.group("path"));
          objections.add(
              found.group("what").equals("unknown")
                  ? manifest.document().toField(pointer, "is not known", fields.neighbours(pointer))
                  : manifest
                      .document()
                      .toField(pointer, "is written twice", "take one of them out"));
        });
    refusal
        .tree()
        .at("/details/causes")
        .forEach(cause -> {
          var said = cause.path("message").asText("");
          if (said.contains(NOT_ALL_CHECKED)) {
            notes.add("rules that look at several fields come after the errors above");
          } else {
            objections.add(objection(manifest, fields, cause.path("field").asText(""), said));
          }
        });
    if (objections.isEmpty()) {
      objections.add(manifest.document().toValue("", message, ""));
    }
    return new Complaints(objections, notes);
  }

  private static Objection objection(
      Manifest manifest, FieldSchema fields, String field, String said) {
    var what = HEAD.matcher(said).replaceFirst("");
    var path = field.equals(WHOLE) ? subject(manifest, what) : field;
    var pointer = FieldPath.pointer(manifest.tree(), path);
    if (said.startsWith("Required value")) {
      return manifest.document().toValue(pointer, "is missing", fields.advice(pointer));
    }
    if (said.startsWith("Duplicate value")) {
      return manifest.document().toValue(pointer, "is there twice", "take one of the two out");
    }
    int colon = what.lastIndexOf(": ");
    boolean ours = colon > 0 && !what.contains(" in body ") && !said.startsWith("Unsupported");
    return ours
        ? manifest.document().toValue(pointer, what.substring(0, colon), what.substring(colon + 2))
        : manifest
            .document()
            .toValue(pointer, what.replace(path + " in body ", ""), fields.advice(pointer));
  }

  /// The field that a rule of the whole resource is about: its message begins with it.
  private static String subject(Manifest manifest, String what) {
    var word = what.split(" ", 2)[0];
    boolean isThere = !manifest.tree().at(FieldPath.pointer(manifest.tree(), word)).isMissingNode();
    return isThere ? word : "";
  }
}
