package dev.flotilla.chaos.demo;

import dev.flotilla.chaos.lab.Clusters;
import dev.flotilla.chaos.lab.ConfirmedDeletion;
import dev.flotilla.chaos.lab.Lab;
import dev.flotilla.chaos.lab.LabFailure;
import dev.flotilla.chaos.lab.LabSpec;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.image.BuiltImage;
import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.crds.v1alpha1.MemberStatus;
import dev.flotilla.operator.cli.install.Installation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The demo: each phase does something, waits on a watch until it shows, and verifies it. The first
/// that cannot be verified ends it.
public final class Demo {

  private static final int FEW = 3;
  private static final int MANY = 6;
  private static final Duration STARTED = Duration.ofSeconds(300);
  private static final Duration GROWN = Duration.ofSeconds(300);
  private static final Duration GONE = Duration.ofSeconds(120);

  /// Where the operators keep the record of members; the constants are spelled as people type them.
  public enum Store {
    /// In voters of their own, one in each zone.
    raft,
    /// In an etcd on the cluster.
    etcd
  }

  private final Places places;
  private final Map<String, String> environment;
  private final Store store;
  private final Progress progress;

  public Demo(Places places, Map<String, String> environment, Store store, Progress progress) {
    this.places = places;
    this.environment = environment;
    this.store = store;
    this.progress = progress;
  }

  /// What came of a phase: something for the next ones, and a line for the reader.
  private record Outcome<T>(T value, String summary) {}

  /// Runs all phases.
  ///
  /// @throws LabFailure from the first that fails
  public Report run() {
    Clusters clusters = new Clusters(places, environment);
    LabSpec spec = suitable(clusters);
    BuiltImage operator = phase("operator image", this::image);
    Lab lab = clusters.up(spec, progress);
    try (KubernetesClient client = lab.client()) {
      return onCluster(lab, client, operator);
    }
  }

  /// The cluster that is there, if it will do, or the standard one.
  private LabSpec suitable(Clusters clusters) {
    if (clusters.context().isPresent()) {
      throw new LabFailure(
          "the demo switches nodes off, so it needs the local cluster, and context %s is used"
              .formatted(clusters.context().get()),
          "./flotilla down   (forgets the context and removes the local cluster)");
    }
    LabSpec spec = clusters.spec(0).orElseGet(() -> LabSpec.standard(0));
    List<String> zones = sample().getSpec().topology().zones();
    if (!spec.zones().containsAll(zones) || spec.nodesPerZone() < 2) {
      throw new LabFailure(
          "the demo needs the zones %s with two nodes each, and the local cluster has zones %s with %d"
              .formatted(
                  String.join(",", zones), String.join(",", spec.zones()), spec.nodesPerZone()),
          "./flotilla down, then ./flotilla demo");
    }
    return spec;
  }

  private Outcome<BuiltImage> image(Progress.Phase phase) {
    BuiltImage image = new OwnImage(places).get(phase);
    return new Outcome<>(image, image.reference());
  }

  private Report onCluster(Lab lab, KubernetesClient client, BuiltImage operator) {
    DatabaseCluster sample = sample();
    Tenant tenant =
        new Tenant(client, sample.getMetadata().getNamespace(), sample.getMetadata().getName());
    Stage stage = new Stage(lab, client, tenant, new Dictionary());
    try {
      Pod pod = phase("operator", phase -> install(client, operator, phase));
      Set<String> spared = spared(client, pod);
      phase("database", phase -> create(stage, phase));
      phase("documents", phase -> load(stage, phase));
      Healing lostPod = phase("lost pod", phase -> losePod(stage, phase));
      LostNode lostNode = new LostNode(stage, spared);
      phase("power cut", phase -> cut(lostNode, phase));
      phase("not doubled", phase -> watch(lostNode, phase));
      Healing moved = phase("out of service", phase -> declare(lostNode, phase));
      phase("scale out", phase -> grow(stage, phase));
      List<Report.Member> members = phase("proof", _ -> prove(stage));
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
    return new OperatorInstall(client);
  }

  private Outcome<Pod> install(KubernetesClient client, BuiltImage image, Progress.Phase phase) {
    OperatorInstall install = install(client);
    Installation installation =
        switch (store) {
          case raft -> install.voters();
          case etcd -> {
            install.prepare(phase);
            new OwnEtcd(client, places).start(phase);
            yield OwnEtcd.access().in(Installation.standard());
          }
        };
    Pod pod = install.apply(installation.withImage(image.pinned()), phase);
    return new Outcome<>(
        pod, "pod " + pod.getMetadata().getName() + " on " + pod.getSpec().getNodeName());
  }

  /// The nodes that keep their power: the demo is about the members.
  private Set<String> spared(KubernetesClient client, Pod operator) {
    String acting = operator.getSpec().getNodeName();
    return switch (store) {
      case raft -> Set.of(acting);
      case etcd ->
          Stream.of(acting, new OwnEtcd(client, places).node()).collect(Collectors.toSet());
    };
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
    ConfirmedDeletion.confirm(stage.client(), stage.tenant().namespace());
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

  private static Outcome<List<Report.Member>> prove(Stage stage) {
    List<Dictionary.Copy> copies;
    try (TenantClient client = stage.tenant().connect()) {
      stage.dictionary().verify(client);
      copies = stage.dictionary().copies(client);
    }
    List<MemberStatus> members = stage.tenant().members();
    requireTwoZones(stage, members, copies);
    return new Outcome<>(
        members.stream().map(member -> row(member, copies)).toList(),
        text("%,d documents, each in two zones", stage.dictionary().total()));
  }

  /// Both copies of each shard hold the same number of documents, in different zones, and together
  /// all of them.
  private static void requireTwoZones(
      Stage stage, List<MemberStatus> members, List<Dictionary.Copy> copies) {
    Map<String, String> zones =
        members.stream().collect(Collectors.toMap(MemberStatus::name, MemberStatus::zone));
    Map<Integer, List<Dictionary.Copy>> byShard =
        copies.stream().collect(Collectors.groupingBy(Dictionary.Copy::shard));
    boolean apart =
        byShard.values().stream()
            .allMatch(pair ->
                pair.size() == 2
                    && pair.stream().map(copy -> zones.get(copy.member())).distinct().count() == 2
                    && pair.stream().map(Dictionary.Copy::documents).distinct().count() == 1);
    long held = copies.stream().mapToLong(Dictionary.Copy::documents).sum();
    if (!apart || held != 2 * stage.dictionary().total()) {
      throw stage.tenant().failure("not every document is held in two zones: " + copies);
    }
  }

  private static Report.Member row(MemberStatus member, List<Dictionary.Copy> copies) {
    return new Report.Member(
        member.name(),
        member.zone(),
        Objects.requireNonNullElse(member.node(), ""),
        Objects.requireNonNullElse(member.volume(), ""),
        member.state(),
        copies.stream()
            .filter(copy -> copy.member().equals(member.name()))
            .mapToLong(Dictionary.Copy::documents)
            .sum());
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
    } catch (KubernetesClientException | ResourceNotFoundException | UncheckedIOException e) {
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
