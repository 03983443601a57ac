package dev.flotilla.operator.engine.elasticsearch;

import java.util.stream.Collectors;

/// Writes flat settings so that nothing in a key or value can become a setting of its own.
///
/// Both are always in double quotes, the engine takes every value as text anyway, and everything
/// but printable ASCII is escaped, since YAML forbids some characters even there.
final class Yaml {

  private Yaml() {}

  static String line(String key, String value) {
    return quoted(key) + ": " + quoted(value) + "\n";
  }

  static String quoted(String text) {
    return text.chars().mapToObj(Yaml::escaped).collect(Collectors.joining("", "\"", "\""));
  }

  private static String escaped(int character) {
    boolean plain = character >= ' ' && character <= '~' && character != '"' && character != '\\';
    return plain ? Character.toString(character) : "\\u%04x".formatted(character);
  }
}
