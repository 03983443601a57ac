package dev.flotilla.chaos.lab.storage;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes, grows and deletes the volumes of a local cluster. A process of its own beside the control
/// plane.
///
/// - A claim whose first pod has been given a node gets a folder and a volume that the node's zone
///   (or only the node) can use.
/// - A claim that asks for more gets it. Folders have no limit, so there is nothing else to do.
/// - A volume whose claim is gone is deleted with its folder, if its reclaim policy says so.
///
/// Everything is decided from what the API server holds; repeating it changes nothing.
public final class Provisioner {

  private static final Logger LOG = LoggerFactory.getLogger(Provisioner.class);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final Folders folders;

  Provisioner(KubernetesClient client, Folders folders) {
    this.client = client;
    this.folders = folders;
  }

  /// Runs until the process is ended.
  ///
  /// @param arguments kubeconfig and the folder of all volumes
  public static void main(String[] arguments) throws InterruptedException {
    Config config = Config.fromKubeconfig(new File(arguments[0]));
    config.setRequestRetryBackoffLimit(0);
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
        Queue queue = new Queue()) {
      Provisioner provisioner =
          new Provisioner(client, new Folders(Path.of(arguments[1]).toAbsolutePath()));
      Watches.start(client, queue, provisioner);
      LOG.atInfo().addKeyValue("volumes", arguments[1]).log("provisioner started");
      new CountDownLatch(1).await();
    }
  }

  /// Looks at one claim and does what it needs.
  void handleClaim(String namespace, String name) throws IOException {
    Optional<PersistentVolumeClaim> found =
        Optional.ofNullable(
            client.persistentVolumeClaims().inNamespace(namespace).withName(name).get());
    if (found.isEmpty() || found.get().getMetadata().getDeletionTimestamp() != null) {
      return;
    }
    PersistentVolumeClaim claim = found.get();
    Optional<String> node = Volumes.waitingFor(claim);
    if (node.isPresent()) {
      provision(claim, node.get());
    } else if (Volumes.isBound(claim)) {
      grow(claim);
    }
  }

  /// Looks at one volume and deletes it if it is to be deleted.
  void handleVolume(String name) throws IOException {
    Optional<PersistentVolume> found =
        Optional.ofNullable(client.persistentVolumes().withName(name).get());
    if (found.filter(Volumes::isToBeDeleted).isEmpty()) {
      return;
    }
    folders.delete(Path.of(found.get().getSpec().getLocal().getPath()));
    client.persistentVolumes().withName(name).delete();
    LOG.atInfo().addKeyValue("volume", name).log("volume deleted");
  }

  private void provision(PersistentVolumeClaim claim, String nodeName) throws IOException {
    StorageClass storageClass =
        client
            .storage()
            .v1()
            .storageClasses()
            .withName(claim.getSpec().getStorageClassName())
            .get();
    if (storageClass == null) {
      return;
    }
    Optional<Scope.Place> place =
        Optional.ofNullable(client.nodes().withName(nodeName).get())
            .filter(node -> !isGoing(node))
            .flatMap(Scope.of(storageClass)::placeOf);
    if (place.isEmpty()) {
      askForAnotherNode(claim);
      return;
    }
    Path folder = folders.of(place.get(), Volumes.nameFor(claim));
    folders.make(folder);
    try {
      client.resource(Volumes.render(claim, storageClass, place.get(), folder)).create();
      LOG.atInfo()
          .addKeyValue(
              "claim", claim.getMetadata().getNamespace() + "/" + claim.getMetadata().getName())
          .addKeyValue("place", place.get().folder())
          .log("volume made");
    } catch (KubernetesClientException e) {
      // It is there already: the name follows from the claim's uid, so it is this very volume.
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  private static boolean isGoing(Node node) {
    return node.getMetadata().getDeletionTimestamp() != null;
  }

  /// Takes the choice of node away: the scheduler then makes another.
  private void askForAnotherNode(PersistentVolumeClaim claim) {
    client
        .persistentVolumeClaims()
        .inNamespace(claim.getMetadata().getNamespace())
        .withName(claim.getMetadata().getName())
        .patch(MERGE, "{\"metadata\":{\"annotations\":{\"" + Volumes.SELECTED_NODE + "\":null}}}");
  }

  private void grow(PersistentVolumeClaim claim) {
    PersistentVolume volume =
        client.persistentVolumes().withName(claim.getSpec().getVolumeName()).get();
    if (volume == null || !Volumes.isOurs(volume)) {
      return;
    }
    Quantity wanted = Volumes.requested(claim);
    if (Volumes.isTooSmall(volume, claim)) {
      client
          .resource(volume)
          .patch(MERGE, "{\"spec\":{\"capacity\":{\"storage\":\"" + wanted + "\"}}}");
      LOG.atInfo()
          .addKeyValue("volume", volume.getMetadata().getName())
          .addKeyValue("size", wanted.toString())
          .log("volume grown");
    }
    if (Volumes.saysLess(claim)) {
      client
          .resource(claim)
          .subresource("status")
          .patch(
              MERGE,
              "{\"status\":{\"capacity\":{\"storage\":\"" + wanted + "\"},\"conditions\":null}}");
    }
  }
}
