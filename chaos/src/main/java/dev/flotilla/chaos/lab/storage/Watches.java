package dev.flotilla.chaos.lab.storage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.function.Consumer;

/// Turns changes of claims and volumes into work; nothing else.
final class Watches {

  // Also what was missed or given up comes round again.
  private static final Duration ROUND = Duration.ofMinutes(1);

  private Watches() {}

  static void start(KubernetesClient client, Queue queue, Provisioner provisioner) {
    begin(
        client.persistentVolumeClaims().inAnyNamespace().runnableInformer(ROUND.toMillis()),
        (PersistentVolumeClaim claim) -> {
          String namespace = claim.getMetadata().getNamespace();
          String name = claim.getMetadata().getName();
          queue.add(
              "claim " + namespace + "/" + name, () -> provisioner.handleClaim(namespace, name));
        });
    begin(
        client.persistentVolumes().runnableInformer(ROUND.toMillis()),
        (PersistentVolume volume) -> {
          String name = volume.getMetadata().getName();
          queue.add("volume " + name, () -> provisioner.handleVolume(name));
        });
  }

  private static <T extends HasMetadata> void begin(
      SharedIndexInformer<T> informer, Consumer<T> onChange) {
    informer.addEventHandler(
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(T added) {
            onChange.accept(added);
          }

          @Override
          public void onUpdate(T before, T now) {
            onChange.accept(now);
          }

          @Override
          public void onDelete(T last, boolean finalStateUnknown) {}
        });
    // Goes on after any loss of the API server.
    informer.exceptionHandler((started, failure) -> true);
    var _ = informer.start();
  }
}
