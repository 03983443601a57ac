package dev.flotilla.chaos.lab.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesTest {

  @TempDir Path root;

  @Test
  void aZonalVolumeIsForEveryNodeOfItsZoneAndForNoOther() {
    StorageClass zonal = storageClass("zonal", "zone");
    var place = Scope.of(zonal).placeOf(node()).orElseThrow();

    var volume = Volumes.render(claim(), zonal, place, Path.of("/volumes/zone-b/pvc-u1"));

    assertThat(volume.getMetadata().getName()).isEqualTo("pvc-u1");
    var term = volume.getSpec().getNodeAffinity().getRequired().getNodeSelectorTerms().getFirst();
    assertThat(term.getMatchExpressions())
        .singleElement()
        .satisfies(expression -> {
          assertThat(expression.getKey()).isEqualTo("topology.kubernetes.io/zone");
          assertThat(expression.getValues()).containsExactly("b");
        });
    assertThat(volume.getSpec().getAccessModes()).containsExactly("ReadWriteOncePod");
    assertThat(volume.getSpec().getClaimRef().getUid()).isEqualTo("u1");
    assertThat(volume.getSpec().getPersistentVolumeReclaimPolicy()).isEqualTo("Delete");
  }

  @Test
  void aLocalVolumeIsForItsNodeOnly() {
    StorageClass local = storageClass("local", "node");

    var place = Scope.of(local).placeOf(node()).orElseThrow();

    assertThat(place.folder()).isEqualTo("node-node-b-1");
    assertThat(place.scope().label()).isEqualTo("kubernetes.io/hostname");
  }

  @Test
  void aClaimWaitsForUsOnlyWhenItsPodHasANodeAndItHasNoVolume() {
    assertThat(Volumes.waitingFor(claim())).hasValue("node-b-1");

    PersistentVolumeClaim bound = claim();
    bound.getSpec().setVolumeName("pvc-u1");
    assertThat(Volumes.waitingFor(bound)).isEmpty();

    PersistentVolumeClaim foreign = claim();
    foreign
        .getMetadata()
        .getAnnotations()
        .put("volume.kubernetes.io/storage-provisioner", "example.com/other");
    assertThat(Volumes.waitingFor(foreign)).isEmpty();
  }

  @Test
  void sizesAreComparedByAmountAndNotBySpelling() {
    StorageClass zonal = storageClass("zonal", "zone");
    var volume =
        Volumes.render(
            claim(), zonal, new Scope.Place(Scope.ZONE, "b"), Path.of("/volumes/zone-b/pvc-u1"));

    PersistentVolumeClaim same = claim();
    same.getSpec().getResources().setRequests(Map.of("storage", new Quantity("1024Mi")));
    assertThat(Volumes.isTooSmall(volume, same)).isFalse();

    PersistentVolumeClaim more = claim();
    more.getSpec().getResources().setRequests(Map.of("storage", new Quantity("1025Mi")));
    assertThat(Volumes.isTooSmall(volume, more)).isTrue();
  }

  @Test
  void onlyReleasedVolumesOfOursAreDeleted() {
    var volume =
        Volumes.render(
            claim(),
            storageClass("zonal", "zone"),
            new Scope.Place(Scope.ZONE, "b"),
            Path.of("/volumes/zone-b/pvc-u1"));
    assertThat(Volumes.isToBeDeleted(volume)).isFalse();

    volume.setStatus(new PersistentVolumeStatusBuilder().withPhase("Released").build());
    assertThat(Volumes.isToBeDeleted(volume)).isTrue();

    volume.getSpec().setPersistentVolumeReclaimPolicy("Retain");
    assertThat(Volumes.isToBeDeleted(volume)).isFalse();
  }

  @Test
  void deletingAVolumeTakesItsContentAndFollowsNoLink() throws IOException {
    Folders folders = new Folders(root.resolve("volumes"));
    Path outside = Files.writeString(root.resolve("precious"), "x");
    Path volume = folders.of(new Scope.Place(Scope.ZONE, "b"), "pvc-u1");
    folders.make(volume);
    Files.createDirectories(volume.resolve("deep/er"));
    Files.createSymbolicLink(volume.resolve("deep/link"), outside);

    folders.delete(volume);
    folders.delete(volume);

    assertThat(volume).doesNotExist();
    assertThat(outside).hasContent("x");
  }

  @Test
  void aFolderThatIsNoVolumeOfOursIsNeverDeleted() {
    Folders folders = new Folders(root.resolve("volumes"));

    for (String path :
        new String[] {"/", "/etc", root + "/volumes/zone-b", root + "/volumes/../x/y"}) {
      assertThatThrownBy(() -> folders.delete(Path.of(path)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not one of our volumes");
    }
  }

  private static Node node() {
    return new NodeBuilder()
        .withNewMetadata()
        .withName("node-b-1")
        .addToLabels("topology.kubernetes.io/zone", "b")
        .addToLabels("kubernetes.io/hostname", "node-b-1")
        .endMetadata()
        .build();
  }

  private static StorageClass storageClass(String name, String scope) {
    return new StorageClassBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withReclaimPolicy("Delete")
        .withParameters(Map.of("scope", scope))
        .build();
  }

  private static PersistentVolumeClaim claim() {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName("data")
        .withNamespace("shop")
        .withUid("u1")
        .addToAnnotations("volume.kubernetes.io/storage-provisioner", Volumes.PROVISIONER)
        .addToAnnotations("volume.kubernetes.io/selected-node", "node-b-1")
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOncePod")
        .withNewResources()
        .addToRequests("storage", new Quantity("1Gi"))
        .endResources()
        .endSpec()
        .build();
  }
}
