package dev.flotilla.crds.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The rules that every public name and sentence of the vocabulary follows.
final class VocabularyTest {

  private static final List<Function<Reason, String>> SENTENCES =
      List.of(Reason::meaning, Reason::cause, Reason::safeState, Reason::remedy);

  @ParameterizedTest
  @EnumSource
  void aReasonIsSpelledLikeItsConstant(Reason reason) {
    assertThat(reason.id()).matches("[A-Z][a-z]+([A-Z][a-z]+)*");
    assertThat(reason.id()).isEqualTo(camelCase(reason.name()));
  }

  @ParameterizedTest
  @EnumSource
  void aReasonExplainsItselfInWholeSentences(Reason reason) {
    assertThat(SENTENCES)
        .extracting(sentence -> sentence.apply(reason))
        .allSatisfy(text -> assertThat(text).matches("[A-Z][^\n]{3,240}\\."));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotFineHasWaysOutWithTheirCost(Reason reason) {
    if (reason.attention() != Attention.FINE) {
      assertThat(reason.waysOut()).isNotEmpty();
    }
    assertThat(reason.waysOut())
        .allSatisfy(way -> {
          assertThat(way.name()).matches("[a-z]+(-[a-z]+)*");
          assertThat(way.cost()).matches("[a-z][^\n.]{3,120}");
          assertThat(way.command(Map.of())).matches("(kubectl|FLOTILLA) [^\n]+");
        });
  }

  @ParameterizedTest
  @EnumSource
  void aConditionIsSpelledLikeItsConstantAndSaysWhatTrueMeans(ConditionType type) {
    assertThat(type.id()).isEqualTo(camelCase(type.name()));
    assertThat(type.meaning()).matches("[A-Z][^\n]{3,240}\\.");
  }

  @Test
  void onlyWhatGoesWrongIsBadWhenTrue() {
    assertThat(ConditionType.values())
        .filteredOn(type -> type.polarity() == Polarity.TRUE_IS_BAD)
        .extracting(ConditionType::id)
        .containsExactly("Stalled", "DeletionBlocked");
  }

  private static String camelCase(String constant) {
    var words = new StringBuilder();
    Arrays.stream(constant.split("_"))
        .forEach(word -> words.append(word.charAt(0)).append(word.substring(1).toLowerCase()));
    return words.toString();
  }
}
