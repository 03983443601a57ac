package dev.flotilla.operator.cli.install;

import dev.flotilla.operator.kube.render.Labels;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/// Operators that keep the store among themselves: one in each zone, each with a disk of its own.
///
/// @param zones at least three, as the nodes' label `topology.kubernetes.io/zone` says
/// @param storageClass of the disks; empty for the cluster's default
public record Voters(SortedSet<String> zones, Optional<String> storageClass) {

  private static final String DISK = "store";
  private static final String UNPACKED = "unpacked";
  private static final String DIRECTORY = "/var/lib/flotilla";
  private static final String SIZE = "1Gi";
  private static final int PORT = 8444;

  /// The account of the operator's image; a disk belongs to whoever made it otherwise.
  private static final long GROUP = 65532;

  /// The installation with these operators in place of one whose store is in memory.
  public Installation in(Installation installation) {
    return installation.withDeployments(single ->
        Stream.concat(
            Stream.of(budget(single)), zones.stream().flatMap(zone -> operator(single, zone))));
  }

  private Stream<HasMetadata> operator(Deployment single, String zone) {
    var name = single.getMetadata().getName() + "-" + zone;
    return Stream.of(disk(single, name), deployment(single, name, zone));
  }

  /// At most one of them is taken away at a time: two are a majority of three.
  private static HasMetadata budget(Deployment single) {
    return new PodDisruptionBudgetBuilder()
        .withNewMetadata()
        .withName(single.getMetadata().getName())
        .withNamespace(single.getMetadata().getNamespace())
        .withLabels(single.getMetadata().getLabels())
        .endMetadata()
        .withNewSpec()
        .withNewMaxUnavailable(1)
        .withSelector(single.getSpec().getSelector())
        .endSpec()
        .build();
  }

  private HasMetadata disk(Deployment single, String name) {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(single.getMetadata().getNamespace())
        .withLabels(single.getMetadata().getLabels())
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOncePod")
        .withStorageClassName(storageClass.orElse(null))
        .withNewResources()
        .withRequests(Map.of("storage", new Quantity(SIZE)))
        .endResources()
        .endSpec()
        .build();
  }

  private HasMetadata deployment(Deployment single, String name, String zone) {
    return new DeploymentBuilder(single)
        .editMetadata()
        .withName(name)
        .endMetadata()
        .editSpec()
        .editSelector()
        .addToMatchLabels(Labels.ZONE, zone)
        .endSelector()
        .editTemplate()
        .editMetadata()
        .addToLabels(Labels.ZONE, zone)
        .endMetadata()
        .editSpec()
        .addToNodeSelector(Labels.NODE_ZONE, zone)
        .editSecurityContext()
        .withFsGroup(GROUP)
        .endSecurityContext()
        .addNewVolume()
        .withName(DISK)
        .withNewPersistentVolumeClaim()
        .withClaimName(name)
        .endPersistentVolumeClaim()
        .endVolume()
        // Ratis brings TLS as a library, which is unpacked before it is loaded.
        .addNewVolume()
        .withName(UNPACKED)
        .withNewEmptyDir()
        .withSizeLimit(new Quantity("64Mi"))
        .endEmptyDir()
        .endVolume()
        .editFirstContainer()
        .addAllToEnv(variables(zone))
        .addNewPort()
        .withName(DISK)
        .withContainerPort(PORT)
        .endPort()
        .addNewVolumeMount()
        .withName(DISK)
        .withMountPath(DIRECTORY)
        .endVolumeMount()
        .addNewVolumeMount()
        .withName(UNPACKED)
        .withMountPath("/tmp")
        .endVolumeMount()
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private List<EnvVar> variables(String zone) {
    return List.of(
        Installation.variable("FLOTILLA_STORE", "raft"),
        Installation.variable("FLOTILLA_ZONE", zone),
        Installation.variable("FLOTILLA_STORE_ZONES", String.join(",", zones)),
        Installation.variable("FLOTILLA_STORE_DIRECTORY", DIRECTORY),
        Installation.variable("FLOTILLA_STORE_PORT", Integer.toString(PORT)),
        new EnvVarBuilder()
            .withName("FLOTILLA_STORE_ADDRESS")
            .withNewValueFrom()
            .withNewFieldRef()
            .withFieldPath("status.podIP")
            .endFieldRef()
            .endValueFrom()
            .build());
  }
}
