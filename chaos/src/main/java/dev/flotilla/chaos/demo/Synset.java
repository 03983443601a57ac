package dev.flotilla.chaos.demo;

import java.util.List;
import java.util.Objects;

/// One meaning in WordNet.
///
/// @param id unique, such as `n00001740`
/// @param pos part of speech: noun, verb, adjective or adverb
/// @param lemmas the words that have this meaning, never empty
/// @param gloss definition and examples
record Synset(String id, String pos, List<String> lemmas, String gloss) {

  Synset {
    Objects.requireNonNull(id);
    Objects.requireNonNull(pos);
    Objects.requireNonNull(gloss);
    lemmas = List.copyOf(lemmas);
    if (lemmas.isEmpty()) {
      throw new IllegalArgumentException("synset " + id + " has no words");
    }
  }
}
