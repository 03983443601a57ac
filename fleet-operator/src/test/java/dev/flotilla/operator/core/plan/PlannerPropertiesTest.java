package dev.flotilla.operator.core.plan;

import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.VolumeView;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/// What holds of every plan, whatever the situation.
@PropertyDefaults(tries = 150)
class PlannerPropertiesTest {

  private static final int STEPS_PER_MEMBER = 5;
  private static final int STEPS_PER_CLUSTER = 10;

  @Provide
  Arbitrary<String> situations() {
    var trouble =
        Arbitraries.of(
            "new",
            "allocated",
            "joins",
            "no volume",
            "volume pending",
            "volume terminating",
            "volume lost",
            "volume copied",
            "volume damaged",
            "volume in b",
            "unstamped",
            "no pod",
            "pending",
            "starting",
            "over",
            "terminating",
            "unschedulable",
            "no room",
            "no image",
            "crashing",
            "old",
            "not joined",
            "no certificate",
            "certificate ends");
    var member = trouble.list().uniqueElements().ofMaxSize(3);
    var zone = member.list().ofMaxSize(3);
    var line =
        Arbitraries.of(
            "node nb silent",
            "node nb gone",
            "node nb out of service",
            "node nc cordoned",
            "engine silent",
            "engine red",
            "engine is another",
            "tenant unread",
            "tenant gone",
            "tenant unformed",
            "class gone",
            "class binds early",
            "stray restored-copy",
            "image other",
            "version 9.9.9",
            "bare",
            "deleting",
            "stale",
            "passive");
    var pool =
        Arbitraries.of("wants 3", "wants 7", "scale 4", "wants 3 scale 9 by kubectl", "absent");
    return Combinators.combine(pool, zone, zone, zone, line.list().uniqueElements().ofMaxSize(4))
        .as((count, a, b, c, lines) ->
            Stream.concat(
                    Stream.of("pool data " + count, zone("a", a), zone("b", b), zone("c", c)),
                    lines.stream())
                .collect(Collectors.joining("\n")));
  }

  private static String zone(String name, List<List<String>> members) {
    return IntStream.range(0, members.size())
        .mapToObj(i -> "%s%d[%s]".formatted(name, i + 1, String.join(", ", members.get(i))))
        .collect(Collectors.joining(" ", name + ": ", ""));
  }

  @Property
  void theSameViewGivesTheSameBytes(@ForAll("situations") String text) {
    var first = Planner.plan(situation(text));
    var second = Planner.plan(situation(text));

    assertThat(second).isEqualTo(first);
    assertThat(second.print()).isEqualTo(first.print());
  }

  @Property
  @Tag("PP-2")
  void noPodIsMadeForAMemberThatHasOne(@ForAll("situations") String text) {
    var view = situation(text);

    assertThat(steps(view, Step.CreatePod.class))
        .allSatisfy(create -> assertThat(member(view, create).pod()).isEmpty());
  }

  @Property
  @Tag("R33")
  void aPodIsMadeOnlyOnASoundVolumeOfItsZone(@ForAll("situations") String text) {
    var view = situation(text);

    assertThat(steps(view, Step.CreatePod.class))
        .allSatisfy(create -> {
          var member = member(view, create);
          var volume = member.volume().orElseThrow();
          assertThat(volume.terminating()).isFalse();
          assertThat(volume.phase()).isNotEqualTo(VolumeView.Phase.LOST);
          assertThat(volume.suspicion()).isEmpty();
          assertThat(volume.zone().orElse(member.zone())).isEqualTo(member.zone());
        });
  }

  @Property
  void anOperatorThatDoesNotActPlansNoStep(@ForAll("situations") String text) {
    assertThat(Planner.plan(situation(text + "\npassive")).steps()).isEmpty();
  }

  @Property
  @Tag("R30")
  void everyDeleteNamesThePodThatWasSeen(@ForAll("situations") String text) {
    var view = situation(text);

    assertThat(steps(view, Step.DeletePod.class))
        .allSatisfy(delete -> {
          var pod = view.member(delete.member()).flatMap(MemberView::pod).orElseThrow();
          assertThat(delete.uid()).isNotBlank().isEqualTo(pod.uid());
          assertThat(delete.resourceVersion()).isNotBlank().isEqualTo(pod.resourceVersion());
        });
  }

  @Property
  @Tag("D10")
  void noPodOfASilentNodeIsDeletedUnlessItsClusterIs(@ForAll("situations") String text) {
    var view = situation(text.replace("deleting", "") + "\nnode nb silent");

    assertThat(steps(view, Step.DeletePod.class))
        .allSatisfy(delete -> {
          var pod = view.member(delete.member()).flatMap(MemberView::pod).orElseThrow();
          boolean answers =
              pod.node().flatMap(view.terrain()::node).filter(node -> node.ready()).isPresent();
          assertThat(answers || pod.isOver() || pod.node().isEmpty()).isTrue();
        });
  }

  @Property
  @Tag("D9")
  void nothingGoesOnAViewThatMayBeOld(@ForAll("situations") String text) {
    var view = situation(text + "\nstale");

    assertThat(steps(view, Step.DeletePod.class)).isEmpty();
    assertThat(steps(view, Step.CreatePod.class)).isEmpty();
    assertThat(steps(view, Step.CreateVolume.class)).isEmpty();
  }

  @Property
  void aPlanIsBounded(@ForAll("situations") String text) {
    var view = situation(text);

    assertThat(Planner.plan(view).steps())
        .hasSizeLessThanOrEqualTo(STEPS_PER_CLUSTER + STEPS_PER_MEMBER * view.members().size())
        .doesNotHaveDuplicates();
  }

  @Property
  void everythingThatIsHeldSaysWhy(@ForAll("situations") String text) {
    assertThat(Planner.plan(situation(text)).holds())
        .allSatisfy(hold -> {
          assertThat(hold.message()).isNotBlank();
          assertThat(hold.by()).isNotBlank();
        });
  }

  /// Pods are the only thing that a step can end: no plan can ever remove a volume.
  @Example
  @Tag("D9")
  void noStepRemovesAVolume() {
    assertThat(Arrays.stream(Step.class.getPermittedSubclasses()).map(Class::getSimpleName))
        .filteredOn(name -> name.matches("(Delete|Remove|Drop|Forget|Replace).*"))
        .containsExactly("DeletePod");
  }

  private static <T extends Step> List<T> steps(ClusterView view, Class<T> type) {
    return Planner.plan(view).steps().stream()
        .map(Plan.Planned::step)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static MemberView member(ClusterView view, Step.CreatePod create) {
    return view.member(create.pod().member().name()).orElseThrow();
  }
}
