package dev.flotilla.chaos.bench;

import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.crds.v1alpha1.RawPool;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A process that only lists what the operator lists when it starts, one kind after the other, in
/// pages of the same size, and says when it has everything.
///
/// Arguments: those of [BenchedOperator#command].
final class BareList {

  private static final long PAGE = 500;

  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          RawCluster.class,
          RawPool.class,
          Pod.class,
          PersistentVolumeClaim.class,
          ConfigMap.class,
          Service.class,
          EndpointSlice.class,
          PodDisruptionBudget.class,
          Secret.class);

  private BareList() {}

  public static void main(String[] words) throws IOException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var config = BenchedOperator.config(words, input.readLine());
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      long objects = 0;
      for (var kind : KINDS) {
        objects += list(client, kind);
      }
      System.out.println(objects + " objects");
      System.out.println(TimedProcess.DONE);
    }
  }

  private static long list(KubernetesClient client, Class<? extends HasMetadata> kind) {
    long objects = 0;
    var next = "";
    do {
      var options = new ListOptionsBuilder().withLimit(PAGE);
      var page =
          client
              .resources(kind)
              .inAnyNamespace()
              .list(next.isEmpty() ? options.build() : options.withContinue(next).build());
      objects += page.getItems().size();
      next = page.getMetadata().getContinue() == null ? "" : page.getMetadata().getContinue();
    } while (!next.isEmpty());
    return objects;
  }
}
