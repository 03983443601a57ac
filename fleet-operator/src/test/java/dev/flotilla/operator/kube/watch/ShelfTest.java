package dev.flotilla.operator.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.kube.watch.Shelf.Change;
import dev.flotilla.operator.kube.watch.Shelf.Reader;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is seen when the watch and our own writes race.
class ShelfTest {

  private final List<Change<String>> told = new ArrayList<>();
  private final Shelf<Pod, String, String> shelf =
      new Shelf<>(
          new Reader<>(
              pod -> Optional.ofNullable(pod.getMetadata().getLabels().get("group")),
              pod -> Optional.of(pod.getMetadata().getLabels().get("value"))),
          (group, change) -> told.add(change));

  @Test
  @Tag("R41")
  void anOwnWriteIsSeenBeforeTheWatchShowsIt() {
    shelf.written(pod("uid", 5, "new"));

    assertThat(shelf.record("g", "pod")).contains("new");
    assertThat(told).isEmpty();
  }

  @Test
  @Tag("R41")
  void anEventThatWasUnderWayDoesNotHideAnOwnWrite() {
    shelf.onAdd(pod("uid", 3, "old"));
    shelf.written(pod("uid", 5, "new"));
    shelf.onUpdate(pod("uid", 3, "old"), pod("uid", 4, "between"));

    assertThat(shelf.record("g", "pod")).contains("new");
  }

  @Test
  void othersAreToldOnlyOfWhatMakesADifference() {
    shelf.onAdd(pod("uid", 3, "a"));
    shelf.onUpdate(pod("uid", 3, "a"), pod("uid", 4, "a"));
    shelf.onUpdate(pod("uid", 4, "a"), pod("uid", 5, "b"));

    assertThat(told)
        .containsExactly(
            new Change<>(Optional.empty(), Optional.of("a")),
            new Change<>(Optional.of("a"), Optional.of("b")));
  }

  @Test
  void aLateAnswerDoesNotBringBackWhatIsGone() {
    shelf.onAdd(pod("uid", 3, "a"));
    shelf.onDelete(pod("uid", 4, "a"), false);
    shelf.written(pod("uid", 3, "a"));

    assertThat(shelf.record("g", "pod")).isEmpty();
  }

  @Test
  void theEndOfAnOldPodDoesNotHideItsSuccessor() {
    shelf.onAdd(pod("first", 3, "a"));
    shelf.written(pod("second", 9, "b"));
    shelf.onDelete(pod("first", 8, "a"), false);

    assertThat(shelf.record("g", "pod")).contains("b");
  }

  @Test
  void whatANewerListLacksIsGoneThoughTheWatchNeverShowedIt() {
    shelf.written(pod("uid", 5, "new"));
    shelf.onList("4", false);
    assertThat(shelf.record("g", "pod")).contains("new");

    shelf.onList("6", false);
    assertThat(shelf.record("g", "pod")).isEmpty();
  }

  @Test
  void whatLosesItsLabelIsNobodysAnyMore() {
    shelf.onAdd(pod("uid", 3, "a"));
    var bare = pod("uid", 4, "a");
    bare.getMetadata().getLabels().remove("group");
    shelf.onUpdate(pod("uid", 3, "a"), bare);

    assertThat(shelf.groups()).isEmpty();
  }

  private static Pod pod(String uid, int version, String value) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("pod")
        .withUid(uid)
        .withResourceVersion(Integer.toString(version))
        .addToLabels("group", "g")
        .addToLabels("value", value)
        .endMetadata()
        .build();
  }
}
