package dev.flotilla.operator.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/// What a word without quotes means. `kubectl` reads YAML 1.1, so that `no` is false and `010` is
/// eight; a checker that read it otherwise would miss what the API server will be told.
///
/// Source: the resolver of sigs.k8s.io/yaml.
final class Scalars {

  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");

  private static final Pattern WHOLE =
      Pattern.compile("[-+]?(0[xX][0-9a-fA-F_]+|0b[01_]+|0o?[0-7_]+|[0-9][0-9_]*)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");

  private Scalars() {}

  static JsonNode value(ScalarNode scalar) {
    var text = scalar.getValue();
    return scalar.getScalarStyle() != ScalarStyle.PLAIN || scalar.getTag().equals(Tag.BINARY)
        ? JsonNodeFactory.instance.textNode(text)
        : bare(text);
  }

  /// Whether a word means itself without quotes.
  static boolean isText(String word) {
    return bare(word).isTextual();
  }

  private static JsonNode bare(String text) {
    var json = JsonNodeFactory.instance;
    if (NULL.contains(text)) {
      return json.nullNode();
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return json.booleanNode(TRUE.contains(text));
    }
    if (WHOLE.matcher(text).matches()) {
      return whole(text.replace("_", ""), text);
    }
    return FLOAT.matcher(text).matches()
        ? json.numberNode(new BigDecimal(text))
        : json.textNode(text);
  }

  private static JsonNode whole(String digits, String text) {
    var json = JsonNodeFactory.instance;
    boolean negative = digits.startsWith("-");
    var bare = digits.replaceFirst("^[-+]", "");
    try {
      var number =
          bare.matches("0[xX].*")
              ? new BigInteger(bare.substring(2), 16)
              : bare.startsWith("0b")
                  ? new BigInteger(bare.substring(2), 2)
                  : bare.startsWith("0o")
                      ? new BigInteger(bare.substring(2), 8)
                      : bare.matches("0[0-7]+") ? new BigInteger(bare, 8) : new BigInteger(bare);
      var signed = negative ? number.negate() : number;
      return signed.bitLength() < Long.SIZE
          ? json.numberNode(signed.longValueExact())
          : json.numberNode(new BigDecimal(signed));
    } catch (NumberFormatException e) {
      return json.textNode(text); // such as 0x_ or 08
    }
  }
}
