package dev.flotilla.topology.codec;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// A record as one readable line: `v1 cluster=shop/search … sum=5f3a09c1`.
///
/// Words `key=value` in the order of their keys, and last a CRC-32 of everything before it, so that
/// a line which was cut, merged or edited by hand is not believed.
final class Line {

  private static final String VERSION = "v1";
  private static final String SUM = " sum=";

  private Line() {}

  static String write(SortedMap<String, String> words) {
    var line = new StringBuilder(VERSION);
    words.forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
    return line + SUM + checksum(line.toString());
  }

  /// @throws IllegalArgumentException whose message says in one clause why it is not believed
  static Map<String, String> read(String text) {
    int sum = text.lastIndexOf(SUM);
    if (sum < 0 || !checksum(text.substring(0, sum)).equals(text.substring(sum + SUM.length()))) {
      throw new IllegalArgumentException("its checksum is wrong");
    }
    if (!text.startsWith(VERSION + " ")) {
      throw new IllegalArgumentException(
          "it was written in a form that this version does not know: "
              + text.substring(0, text.indexOf(' ')));
    }
    var words = new TreeMap<String, String>();
    for (var word : text.substring(VERSION.length(), sum).strip().split(" ")) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("a word without a value: " + word);
      }
      words.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return words;
  }

  static String required(Map<String, String> words, String key) {
    return Optional.ofNullable(words.get(key))
        .orElseThrow(() -> new IllegalArgumentException("it does not say its " + key));
  }

  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
