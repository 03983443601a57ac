package dev.flotilla.chaos.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// That the mistakes which are tried on an API server leave out no field.
final class MistakesTest {

  static List<Sound> sound() {
    return Sound.ALL;
  }

  @ParameterizedTest
  @MethodSource("sound")
  void theSoundManifestsSetEveryField(Sound sound) {
    assertThat(sound.fields())
        .isNotEmpty()
        .allSatisfy(field ->
            assertThat(sound.at(field.path()).isMissingNode()).as(field.printed()).isFalse());
  }

  @ParameterizedTest
  @MethodSource("sound")
  void everyFieldMeetsSeveralMistakes(Sound sound) {
    var mistakes = new Mistakes(sound).ofOneField().map(Mistake::name).toList();

    assertThat(sound.fields())
        .allSatisfy(field ->
            assertThat(mistakes)
                .filteredOn(name -> name.startsWith(field + " "))
                .as(field.printed())
                .hasSizeGreaterThanOrEqualTo(4));
  }

  @Test
  void everyAmountIsKnownAsOne() {
    assertThat(fields().filter(Field::isQuantity).map(Field::printed))
        .containsExactlyInAnyOrder(
            "spec.pools[0].resources.limits.cpu",
            "spec.pools[0].resources.limits.memory",
            "spec.pools[0].resources.requests.cpu",
            "spec.pools[0].resources.requests.memory",
            "spec.pools[0].storage.size");
  }

  /// There is one engine only, so that no other can be written in its place.
  @ParameterizedTest
  @MethodSource("sound")
  void whateverARuleBindsToItsPastIsChanged(Sound sound) {
    var changed = Changes.later(sound).flatMap(mistake -> mistake.places().stream()).toList();

    assertThat(
            sound.fields().stream()
                .filter(Field::isBoundToItsPast)
                .map(Field::printed)
                .filter(place -> !place.equals("spec.engine.type")))
        .isSubsetOf(changed);
  }

  @Test
  void manyAreMistakesThatSomebodyMade() {
    assertThat(Manifest.hostile())
        .filteredOn(manifest -> manifest.source().isPresent())
        .hasSizeGreaterThanOrEqualTo(20)
        .allSatisfy(manifest -> assertThat(manifest.expectations()).isNotEmpty());
  }

  private static Stream<Field> fields() {
    return Sound.ALL.stream().flatMap(sound -> sound.fields().stream());
  }
}
