package dev.flotilla.chaos.demo;

import dev.flotilla.chaos.lab.Clusters;
import dev.flotilla.chaos.lab.Lab;
import dev.flotilla.chaos.lab.LabFailure;
import dev.flotilla.chaos.lab.LabSpec;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.image.BuiltImage;
import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.crds.v1alpha1.MemberStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The demo: each phase does something, waits on a watch until it shows, and verifies it. The first
/// that cannot be verified ends it.
public final class Demo {

  private static final int FEW = 3;
  private static final int MANY = 6;
  private static final Duration STARTED = Duration.ofSeconds(300);
  private static final Duration GROWN = Duration.ofSeconds(300);
  private static final Duration GONE = Duration.ofSeconds(120);

  private final Places places;
  private final Map<String, String> environment;
  private final Progress progress;

  public Demo(Places places, Map<String, String> environment, Progress progress) {
    this.places = places;
    this.environment = environment;
    this.progress = progress;
  }

  /// What came of a phase: something for the next ones, and a line for the reader.
  private record Outcome<T>(T value, String summary) {}

  /// Runs all phases.
  ///
  /// @throws LabFailure from the first that fails
  public Report run() {
    Images images = new Images(places, environment);
    BuiltImage operator =
        phase(
            "images",
            phase -> {
              BuiltImage own = images.operator(phase);
              BuiltImage engine = images.engine(sample().getSpec().engine().version(), phase);
              return new Outcome<>(own, own.reference() + ", " + engine.reference());
            });
    Lab lab = new Clusters(places, environment).up(LabSpec.standard(0), progress);
    try (KubernetesClient client = lab.client()) {
      return onCluster(lab, client, operator);
    }
  }

  private Report onCluster(Lab lab, KubernetesClient client, BuiltImage operator) {
    DatabaseCluster sample = sample();
    Tenant tenant =
        new Tenant(client, sample.getMetadata().getNamespace(), sample.getMetadata().getName());
    Stage stage = new Stage(lab, client, tenant, new Dictionary());
    try {
      Pod pod = phase("operator", phase -> install(client, operator, phase));
      phase("database", phase -> create(stage, phase));
      phase("documents", phase -> load(stage, phase));
      Healing lostPod = phase("lost pod", phase -> losePod(stage, phase));
      LostNode lostNode = new LostNode(stage, pod.getSpec().getNodeName());
      phase("power cut", phase -> cut(lostNode, phase));
      phase("not doubled", phase -> watch(lostNode, phase));
      Healing moved = phase("out of service", phase -> declare(lostNode, phase));
      phase("scale out", phase -> grow(stage, phase));
      List<Report.Member> members = phase("proof", phase -> prove(stage, phase));
      return new Report(
          tenant.title(), stage.dictionary().total(), lostPod, LostNode.WATCHED, moved, members);
    } catch (LabFailure e) {
      throw e.log().isPresent()
          ? e
          : new LabFailure(
              e.getMessage(), e.remedy(), new Evidence(stage, install(client)).write());
    }
  }

  private OperatorInstall install(KubernetesClient client) {
    return new OperatorInstall(client, places.home().resolve("install"));
  }

  private Outcome<Pod> install(KubernetesClient client, BuiltImage image, Progress.Phase phase) {
    Pod pod = install(client).apply(image.pinned(), phase);
    return new Outcome<>(
        pod, "pod " + pod.getMetadata().getName() + " on " + pod.getSpec().getNodeName());
  }

  private Outcome<DatabaseClusterStatus> create(Stage stage, Progress.Phase phase) {
    Tenant tenant = stage.tenant();
    clear(stage, phase);
    Manifests.load(samplePath())
        .forEach(object -> stage.client().resource(object).forceConflicts().serverSideApply());
    DatabaseClusterStatus status =
        tenant.await(
            tenant.title() + " is Ready with " + FEW + " members",
            STARTED,
            phase,
            report -> Tenant.isReady(report, FEW));
    return new Outcome<>(
        status, "%s is Ready: %d members".formatted(tenant.title(), status.members().size()));
  }

  /// The namespace of the sample belongs to the demo: what an earlier run left in it goes.
  private static void clear(Stage stage, Progress.Phase phase) {
    var namespace = stage.client().namespaces().withName(stage.tenant().namespace());
    if (namespace.get() == null) {
      return;
    }
    phase.detail("removing what an earlier run left");
    namespace.delete();
    namespace.waitUntilCondition(Objects::isNull, GONE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Outcome<Long> load(Stage stage, Progress.Phase phase) {
    try (TenantClient client = stage.tenant().connect()) {
      stage.dictionary().load(client, phase);
      stage.dictionary().awaitCopies(client, FEW);
      long found = stage.dictionary().verify(client);
      return new Outcome<>(
          found,
          text(
              "%,d WordNet synsets loaded and counted as %s at %s",
              found, stage.tenant().logIn().user(), client.address()));
    }
  }

  private static Outcome<Healing> losePod(Stage stage, Progress.Phase phase) {
    Healing healing = new LostPod(stage).run(phase);
    return new Outcome<>(
        healing,
        text(
            "%s back on its volume after %d s, %,d documents",
            healing.member(), healing.active().toSeconds(), healing.documents()));
  }

  private static Outcome<String> cut(LostNode lost, Progress.Phase phase) {
    lost.cut(phase);
    return new Outcome<>(
        lost.node(), "%s is off; %s: NodeUnknown".formatted(lost.node(), lost.member()));
  }

  private static Outcome<Long> watch(LostNode lost, Progress.Phase phase) {
    long documents = lost.watch(phase);
    return new Outcome<>(
        documents,
        text(
            "no second pod in %d s; %,d documents served without %s",
            LostNode.WATCHED.toSeconds(), documents, lost.node()));
  }

  private static Outcome<Healing> declare(LostNode lost, Progress.Phase phase) {
    Healing healing = lost.declare(phase);
    lost.repair(phase);
    return new Outcome<>(
        healing,
        text(
            "%s moved to %s with its volume, %,d documents; %s is on again",
            healing.member(), healing.nodeAfter(), healing.documents(), lost.node()));
  }

  private static Outcome<Integer> grow(Stage stage, Progress.Phase phase) {
    Tenant tenant = stage.tenant();
    tenant
        .resource()
        .patch(
            PatchContext.of(PatchType.JSON),
            """
            [{"op": "replace", "path": "/spec/pools/0/instances", "value": %d}]
            """
                .formatted(MANY));
    DatabaseClusterStatus status =
        tenant.await(
            tenant.title() + " is Ready with " + MANY + " members",
            GROWN,
            phase,
            report -> Tenant.isReady(report, MANY));
    if (status.zones().stream().anyMatch(zone -> zone.ready() != MANY / FEW)) {
      throw tenant.failure("members are not spread evenly: " + status.zones());
    }
    phase.detail("shards move to the new members");
    long documents = LostPod.documents(stage, phase);
    return new Outcome<>(
        MANY, text("%d members, %d in each zone, %,d documents", MANY, MANY / FEW, documents));
  }

  private static Outcome<List<Report.Member>> prove(Stage stage, Progress.Phase phase) {
    SortedMap<String, Long> held;
    try (TenantClient client = stage.tenant().connect()) {
      stage.dictionary().verify(client);
      held = stage.dictionary().byMember(client);
    }
    List<Report.Member> members =
        stage.tenant().members().stream().map(member -> row(member, held)).toList();
    long copies = members.stream().mapToLong(Report.Member::documents).sum();
    if (copies != 2 * stage.dictionary().total()) {
      throw stage.tenant().failure("members hold " + copies + " copies of documents");
    }
    return new Outcome<>(
        members, text("%,d documents, each in two zones", stage.dictionary().total()));
  }

  private static Report.Member row(MemberStatus member, SortedMap<String, Long> held) {
    return new Report.Member(
        member.name(),
        member.zone(),
        Objects.requireNonNullElse(member.node(), ""),
        Objects.requireNonNullElse(member.volume(), ""),
        member.state(),
        held.getOrDefault(member.name(), 0L));
  }

  private Path samplePath() {
    return places.home().resolve("samples/shop-search.yaml");
  }

  private DatabaseCluster sample() {
    return Manifests.load(samplePath()).stream()
        .filter(DatabaseCluster.class::isInstance)
        .map(DatabaseCluster.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no DatabaseCluster in " + samplePath()));
  }

  private <T> T phase(String name, Function<Progress.Phase, Outcome<T>> action) {
    Progress.Phase phase = progress.begin(name);
    try {
      Outcome<T> outcome = action.apply(phase);
      phase.done(outcome.summary());
      return outcome.value();
    } catch (LabFailure e) {
      phase.failed(e.getMessage());
      throw e;
    } catch (KubernetesClientException | UncheckedIOException e) {
      LabFailure failure =
          new LabFailure(
              "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()),
              "./flotilla up   (repairs the cluster), then ./flotilla demo");
      failure.initCause(e);
      phase.failed(failure.getMessage());
      throw failure;
    }
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
