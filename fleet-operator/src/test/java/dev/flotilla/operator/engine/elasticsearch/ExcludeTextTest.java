package dev.flotilla.operator.engine.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.topology.model.MemberName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;

/// What the operator does to a text that others write into as well.
class ExcludeTextTest {

  private static final ExcludeText NONE = new ExcludeText.Absent();
  private static final MarkOrder NOTHING = order(Set.of(), Set.of());

  @Test
  void aMarkIsPutBehindWhatIsThere() {
    assertThat(NONE.ordered(mark("m1", "m2"))).isEqualTo(line("m1,m2"));
    assertThat(line(" n9 , ,n8,,n9*, ").ordered(mark("m1"))).isEqualTo(line(" n9 , ,n8,,n9*, ,m1"));
    assertThat(line("").ordered(mark("m1"))).isEqualTo(line(",m1"));
    assertThat(items("n9", " n8").ordered(mark("m1"))).isEqualTo(items("n9", " n8", "m1"));
  }

  @Test
  void theLastOwnMarkTakesTheSettingWithIt() {
    assertThat(line("m1").ordered(release("m1"))).isEqualTo(NONE);
    assertThat(line(",m1").ordered(release("m1"))).isEqualTo(line(""));
  }

  /// People put entries behind ours, between them, and blanks around them.
  @Test
  void aMarkIsFoundWhereverItHasGot() {
    assertThat(line("m1,n9").ordered(release("m1"))).isEqualTo(line("n9"));
    assertThat(line("n9,  m1 ,n8").ordered(release("m1"))).isEqualTo(line("n9,n8"));
    assertThat(line("m1,m2,m1").ordered(release("m1"))).isEqualTo(line("m2"));
    assertThat(items(" m1", "n9").ordered(release("m1"))).isEqualTo(items("n9"));
  }

  /// What only looks alike belongs to somebody else.
  @Test
  void aNameIsAWholeEntry() {
    var others = line("m11,am1,M1,m1*,m?,*m1");

    assertThat(others.ordered(release("m1"))).isEqualTo(others);
    assertThat(others.ordered(mark("m1"))).isEqualTo(line("m11,am1,M1,m1*,m?,*m1,m1"));
  }

  @Test
  void oneOrderCanDoBoth() {
    assertThat(line("n9,m1,m2").ordered(order(Set.of("m2", "m3"), Set.of("m1"))))
        .isEqualTo(line("n9,m2,m3"));
  }

  @Test
  void entriesAreWhatTheEngineTakesThemFor() {
    assertThat(line(" n9 , ,n8,,n9*, ").entries()).containsExactly("n9", "n8", "n9*");
    assertThat(NONE.entries()).isEmpty();
  }

  @Property(tries = 2000)
  @Tag("D14")
  void whatOthersWroteIsTheSameAfterwards(
      @ForAll("foreign") ExcludeText before,
      @ForAll("own") Set<String> one,
      @ForAll("own") Set<String> two) {
    var after = before.ordered(order(one, Set.of())).ordered(order(two, Set.of()));

    assertThat(after.ordered(order(Set.of(), one)).ordered(order(Set.of(), two))).isEqualTo(before);
    assertThat(after.ordered(order(Set.of(), two)).ordered(order(Set.of(), one))).isEqualTo(before);
  }

  @Property(tries = 2000)
  @Tag("D14")
  void othersKeepTheirEntriesAndOrderMeanwhile(
      @ForAll("foreign") ExcludeText before, @ForAll("own") Set<String> own) {
    var marked = before.ordered(order(own, Set.of())).entries();

    assertThat(marked).containsAll(own);
    assertThat(marked.stream().filter(entry -> !own.contains(entry)).toList())
        .isEqualTo(before.entries());
  }

  @Property(tries = 1000)
  void repeatingAnOrderChangesNothing(
      @ForAll("foreign") ExcludeText before,
      @ForAll("own") Set<String> present,
      @ForAll("own") Set<String> own) {
    var absent = own.stream().filter(name -> !present.contains(name)).collect(Collectors.toSet());
    var once = before.ordered(order(present, absent));

    assertThat(once.ordered(order(present, absent))).isSameAs(once);
    assertThat(before.ordered(NOTHING)).isSameAs(before);
  }

  @Provide
  Arbitrary<ExcludeText> foreign() {
    Arbitrary<String> text = Arbitraries.strings().withChars("nN9*?_-. ,,,\tä").ofMaxLength(30);
    Arbitrary<ExcludeText> lines = text.map(ExcludeText.Line::new);
    Arbitrary<ExcludeText> lists = text.list().ofMaxSize(4).map(ExcludeText.Items::new);
    return Arbitraries.oneOf(lines, lists, Arbitraries.just(NONE));
  }

  @Provide
  Arbitrary<Set<String>> own() {
    return Arbitraries.of("m1", "m2", "m3", "m4").set().ofMaxSize(3);
  }

  private static MarkOrder mark(String... names) {
    return order(Set.of(names), Set.of());
  }

  private static MarkOrder release(String... names) {
    return order(Set.of(), Set.of(names));
  }

  private static MarkOrder order(Set<String> present, Set<String> absent) {
    return new MarkOrder(members(present), members(absent), Optional.empty());
  }

  private static TreeSet<MemberName> members(Set<String> names) {
    return names.stream().map(MemberName::new).collect(Collectors.toCollection(TreeSet::new));
  }

  private static ExcludeText line(String text) {
    return new ExcludeText.Line(text);
  }

  private static ExcludeText items(String... parts) {
    return new ExcludeText.Items(List.of(parts));
  }
}
