package dev.flotilla.operator.kube.render;

import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.view.Resources;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.codec.VolumeRecordCodec;
import dev.flotilla.topology.model.MemberRecord;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// A member's pod: the engine's container, wrapped in what Kubernetes wants.
///
/// It has no liveness probe. A probe that fails restarts the engine, and a member fails such probes
/// just when it is busy recovering data or when its peers are gone: restarting it then makes an
/// outage longer. A process that ends is restarted by its kubelet all the same.
///
/// Source: S3, R28 in docs/requirements.md.
public final class Pods {

  /// The container in which the engine runs.
  public static final String ENGINE = "engine";

  private static final String PREPARE = "prepare";

  private static final long USER = 1000;
  private static final long GRACE_SECONDS = 120;
  private static final int PROBE_SECONDS = 2;
  private static final int PROBE_COMMAND_SECONDS = 5;
  private static final int SPREAD_WEIGHT = 100;

  private Pods() {}

  public static Pod render(PodDraft draft, EngineProfile.Container engine) {
    var member = draft.member();
    var volumes = new PodVolumes(member, engine);
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(member.cluster().namespace())
        .withName(member.name().value())
        .withLabels(labels(draft))
        .withAnnotations(annotations(member))
        .withOwnerReferences(Owners.pool(member.cluster(), member.pool(), draft.poolUid()))
        .endMetadata()
        .withNewSpec()
        .withAffinity(affinity(member))
        .withTolerations(tolerations())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withSecurityContext(podSecurity())
        .withInitContainers(prepare(draft, engine, volumes))
        .withContainers(engine(draft, engine, volumes))
        .withVolumes(volumes.volumes())
        .endSpec()
        .build();
  }

  private static Map<String, String> labels(PodDraft draft) {
    var labels = Labels.ofMember(draft.member());
    labels.put(Labels.REVISION, draft.template().revision());
    return labels;
  }

  private static Map<String, String> annotations(MemberRecord member) {
    var annotations = new LinkedHashMap<String, String>();
    annotations.put(Labels.MEMBER_RECORD, VolumeRecordCodec.encode(VolumeRecord.fresh(member)));
    annotations.put("kubectl.kubernetes.io/default-container", ENGINE);
    return annotations;
  }

  /// The member's zone is a must, because its volume is there; another node than its neighbours' is
  /// a wish, because a second member of a zone is better than none.
  private static Affinity affinity(MemberRecord member) {
    return new AffinityBuilder()
        .withNewNodeAffinity()
        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
        .addNewNodeSelectorTerm()
        .addNewMatchExpression()
        .withKey(Labels.NODE_ZONE)
        .withOperator("In")
        .withValues(member.zone().name())
        .endMatchExpression()
        .endNodeSelectorTerm()
        .endRequiredDuringSchedulingIgnoredDuringExecution()
        .endNodeAffinity()
        .withNewPodAntiAffinity()
        .addNewPreferredDuringSchedulingIgnoredDuringExecution()
        .withWeight(SPREAD_WEIGHT)
        .withNewPodAffinityTerm()
        .withTopologyKey(Labels.NODE_HOSTNAME)
        .withNewLabelSelector()
        .addToMatchLabels(Labels.CLUSTER, member.cluster().name())
        .endLabelSelector()
        .endPodAffinityTerm()
        .endPreferredDuringSchedulingIgnoredDuringExecution()
        .endPodAntiAffinity()
        .build();
  }

  /// A silent node must not make Kubernetes delete members after its usual five minutes: whether
  /// one may be started elsewhere is for the operator to say.
  private static List<Toleration> tolerations() {
    return List.of(
        toleration("node.kubernetes.io/not-ready"), toleration("node.kubernetes.io/unreachable"));
  }

  private static Toleration toleration(String key) {
    return new TolerationBuilder()
        .withKey(key)
        .withOperator("Exists")
        .withEffect("NoExecute")
        .build();
  }

  private static PodSecurityContext podSecurity() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        .withFsGroupChangePolicy("OnRootMismatch")
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  private static SecurityContext containerSecurity() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  private static Container prepare(
      PodDraft draft, EngineProfile.Container engine, PodVolumes volumes) {
    return container(PREPARE, draft, engine, volumes).withCommand(engine.prepare()).build();
  }

  private static Container engine(
      PodDraft draft, EngineProfile.Container engine, PodVolumes volumes) {
    return container(ENGINE, draft, engine, volumes)
        .withCommand(engine.command())
        .withPorts(ports(engine.ports()))
        .withReadinessProbe(readiness(engine).orElse(null))
        .build();
  }

  private static ContainerBuilder container(
      String name, PodDraft draft, EngineProfile.Container engine, PodVolumes volumes) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(draft.template().image())
        .withImagePullPolicy("IfNotPresent")
        .withEnv(environment(engine.env()))
        .withResources(resources(draft.template().resources()))
        .withSecurityContext(containerSecurity())
        .withVolumeMounts(volumes.mounts());
  }

  /// `POD_IP` comes first, so that the engine's own variables may be made of it.
  private static List<EnvVar> environment(SortedMap<String, String> literals) {
    var env = new ArrayList<EnvVar>();
    env.add(
        new EnvVarBuilder()
            .withName("POD_IP")
            .withNewValueFrom()
            .withNewFieldRef()
            .withApiVersion("v1")
            .withFieldPath("status.podIP")
            .endFieldRef()
            .endValueFrom()
            .build());
    literals.forEach(
        (name, value) -> env.add(new EnvVarBuilder().withName(name).withValue(value).build()));
    return env;
  }

  private static List<ContainerPort> ports(SortedMap<String, Integer> ports) {
    return ports.entrySet().stream()
        .map(port ->
            new ContainerPortBuilder()
                .withName(port.getKey())
                .withContainerPort(port.getValue())
                .withProtocol("TCP")
                .build())
        .toList();
  }

  private static ResourceRequirements resources(Resources resources) {
    return new ResourceRequirementsBuilder()
        .withRequests(quantities(resources.requests()))
        .withLimits(quantities(resources.limits()))
        .build();
  }

  private static Map<String, Quantity> quantities(SortedMap<String, String> amounts) {
    var quantities = new LinkedHashMap<String, Quantity>();
    amounts.forEach((name, amount) -> quantities.put(name, new Quantity(amount)));
    return quantities;
  }

  private static Optional<Probe> readiness(EngineProfile.Container engine) {
    var probe = new ProbeBuilder().withPeriodSeconds(PROBE_SECONDS);
    if (engine.readyPort().isPresent()) {
      return Optional.of(
          probe.withNewTcpSocket().withNewPort(engine.readyPort().get()).endTcpSocket().build());
    }
    return engine.readyCommand().isEmpty()
        ? Optional.empty()
        : Optional.of(
            probe
                .withTimeoutSeconds(PROBE_COMMAND_SECONDS)
                .withNewExec()
                .withCommand(engine.readyCommand())
                .endExec()
                .build());
  }
}
