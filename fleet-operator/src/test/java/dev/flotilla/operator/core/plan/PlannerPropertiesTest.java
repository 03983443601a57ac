package dev.flotilla.operator.core.plan;

import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.AnySituation;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.VolumeView;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Tag;

/// What holds of every plan, whatever the situation.
@PropertyDefaults(tries = 150)
class PlannerPropertiesTest {

  private static final int STEPS_PER_MEMBER = 5;
  private static final int STEPS_PER_CLUSTER = 10;

  @Property
  void theSameViewGivesTheSameBytes(@ForAll(supplier = AnySituation.class) String text) {
    var first = Planner.plan(situation(text));
    var second = Planner.plan(situation(text));

    assertThat(second).isEqualTo(first);
    assertThat(second.print()).isEqualTo(first.print());
  }

  @Property
  @Tag("PP-2")
  void noPodIsMadeForAMemberThatHasOne(@ForAll(supplier = AnySituation.class) String text) {
    var view = situation(text);

    assertThat(steps(view, Step.CreatePod.class))
        .allSatisfy(create -> assertThat(member(view, create).pod()).isEmpty());
  }

  @Property
  @Tag("R33")
  void aPodIsMadeOnlyOnASoundVolumeOfItsZone(@ForAll(supplier = AnySituation.class) String text) {
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
  void anOperatorThatDoesNotActPlansNoStep(@ForAll(supplier = AnySituation.class) String text) {
    assertThat(Planner.plan(situation(text + "\npassive")).steps()).isEmpty();
  }

  @Property
  @Tag("R30")
  void everyDeleteNamesThePodThatWasSeen(@ForAll(supplier = AnySituation.class) String text) {
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
  void noPodOfASilentNodeIsDeletedUnlessItsClusterIs(
      @ForAll(supplier = AnySituation.class) String text) {
    var view = situation(text.replaceAll("deleting( unconfirmed)?", "") + "\nnode nb silent");

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
  void nothingGoesOnAViewThatMayBeOld(@ForAll(supplier = AnySituation.class) String text) {
    var view = situation(text + "\nstale");

    assertThat(steps(view, Step.DeletePod.class)).isEmpty();
    assertThat(steps(view, Step.CreatePod.class)).isEmpty();
    assertThat(steps(view, Step.CreateVolume.class)).isEmpty();
    assertThat(steps(view, Step.GrowVolume.class)).isEmpty();
  }

  @Property
  void aPlanIsBounded(@ForAll(supplier = AnySituation.class) String text) {
    var view = situation(text);

    assertThat(Planner.plan(view).steps())
        .hasSizeLessThanOrEqualTo(STEPS_PER_CLUSTER + STEPS_PER_MEMBER * view.members().size())
        .doesNotHaveDuplicates();
  }

  @Property
  void everythingThatIsHeldSaysWhy(@ForAll(supplier = AnySituation.class) String text) {
    assertThat(Planner.plan(situation(text)).holds())
        .allSatisfy(hold -> {
          assertThat(hold.message()).isNotBlank();
          assertThat(hold.by()).isNotBlank();
        });
  }

  /// No other step ends anything.
  @Example
  @Tag("D9")
  void podsAndVolumesAreAllThatAStepCanEnd() {
    assertThat(Arrays.stream(Step.class.getPermittedSubclasses()).map(Class::getSimpleName))
        .filteredOn(name -> name.matches("(Delete|Remove|Drop|Forget|Replace).*"))
        .containsExactlyInAnyOrder("DeletePod", "DeleteVolume");
  }

  /// Whatever else is the case: a member's volume is never deleted, and no volume that is not sure
  /// to be left over or whose time is not over.
  @Property
  @Tag("D2")
  @Tag("D9")
  void onlyVolumesThatAreLeftOverAreDeleted(@ForAll(supplier = AnySituation.class) String text) {
    var view = situation(text);

    assertThat(steps(view, Step.DeleteVolume.class))
        .allSatisfy(step -> {
          assertThat(view.member(step.member().name())).isEmpty();
          assertThat(view.now()).isAfterOrEqualTo(step.until());
          assertThat(view.kept())
              .filteredOn(kept -> kept.volume().uid().equals(step.uid()))
              .singleElement()
              .satisfies(kept -> {
                assertThat(kept.isCertain()).isTrue();
                assertThat(kept.volume().retention().until()).contains(step.until());
              });
        });
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
