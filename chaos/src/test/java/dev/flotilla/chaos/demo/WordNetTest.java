package dev.flotilla.chaos.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordNetTest {

  @Test
  void readsWordsAndGloss() {
    assertThat(
            WordNet.noun(
                "00002137 03 n 02 abstraction 0 abstract_entity 0 003 @ 00001740 n 0000"
                    + " + 00694095 v 0101 ~ 00023280 n 0000"
                    + " | a general concept formed by extracting common features  "))
        .isEqualTo(
            new Synset(
                "n00002137",
                "noun",
                List.of("abstraction", "abstract entity"),
                "a general concept formed by extracting common features"));
  }

  @Test
  void countsWordsInHexadecimal() {
    var words = "w 0 ".repeat(0x1c);
    assertThat(WordNet.noun("00000001 03 n 1c " + words + "000 | many").lemmas()).hasSize(28);
  }

  @Test
  void leavesOutWhereAnAdjectiveMayStand() {
    assertThat(
            WordNet.adjective("00016247 00 s 02 galore(ip) 0 well_known(a) 0 000 | in abundance")
                .lemmas())
        .containsExactly("galore", "well known");
  }

  @Test
  void refusesWhatIsNoLine() {
    assertThatThrownBy(() -> WordNet.noun("00002137 03 n 02 abstraction 0"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasEverySynsetOfTheRelease() {
    assertThat(WordNet.count()).isEqualTo(117_791);
    try (var synsets = WordNet.synsets()) {
      var byPos =
          synsets.collect(Collectors.groupingBy(Synset::pos, Collectors.toUnmodifiableSet()));
      assertThat(byPos.get("noun")).hasSize(82_192);
      assertThat(byPos.get("verb")).hasSize(13_789);
      assertThat(byPos.get("adjective")).hasSize(18_185);
      assertThat(byPos.get("adverb")).hasSize(3_625);
    }
  }

  @Test
  void idsAreUnique() {
    try (var synsets = WordNet.synsets()) {
      assertThat(synsets.map(Synset::id).distinct().count()).isEqualTo(117_791);
    }
  }
}
