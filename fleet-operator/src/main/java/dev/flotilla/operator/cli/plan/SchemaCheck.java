package dev.flotilla.operator.cli.plan;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.flotilla.operator.yaml.Objection;
import java.util.List;

/// Checks a manifest by the schema alone, where no API server can be asked.
final class SchemaCheck {

  /// What it does not find.
  static final String NOTE =
      "no API server was asked: only types, words and limits of single fields were checked, and no"
          + " rule that looks at several of them or at what is there already";

  private SchemaCheck() {}

  static List<Objection> check(Manifest manifest) {
    var fields = FieldSchema.of(manifest.kind());
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(fields.closed().toString(), InputFormat.JSON);
    return schema.validate(manifest.tree()).stream()
        .map(error -> objection(manifest, fields, error))
        .toList();
  }

  private static Objection objection(Manifest manifest, FieldSchema fields, Error error) {
    var at = error.getInstanceLocation().toString();
    return switch (error.getKeyword()) {
      case "additionalProperties" -> {
        var field = at + "/" + error.getProperty();
        yield manifest.document().toField(field, "is not known", fields.neighbours(field));
      }
      case "required" -> {
        var field = at + "/" + error.getProperty();
        yield manifest.document().toValue(field, "is missing", fields.advice(field));
      }
      default -> manifest.document().toValue(at, error.getMessage(), fields.advice(at));
    };
  }
}
