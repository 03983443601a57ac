package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.plan.Leftovers;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.retention.Deletion;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.ClusterView.KeptVolume;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.operator.core.view.TenantView;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.operator.shell.fleet.Fleet;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.store.Roster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Puts together what is known of a cluster. Reads memory only.
final class Observer {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final KubeCache cache;
  private final MemberBook book;
  private final Tenants tenants;
  private final Leadership leadership;
  private final Fleet fleet;
  private final EngineProfile profile;
  private final InstantSource clock;

  Observer(
      KubeCache cache,
      MemberBook book,
      Tenants tenants,
      Leadership leadership,
      Fleet fleet,
      EngineProfile profile,
      InstantSource clock) {
    this.cache = cache;
    this.book = book;
    this.tenants = tenants;
    this.leadership = leadership;
    this.fleet = fleet;
    this.profile = profile;
    this.clock = clock;
  }

  ClusterView observe(
      ClusterRef ref, ClusterResource resource, ClusterSpec spec, EngineWatch engines) {
    var identity =
        new ClusterView.Identity(
            ref, resource.uid(), resource.generation(), resource.deletion(), clock.instant());
    return view(
        identity,
        spec,
        book.roster(ref),
        tenants.view(ref),
        engines.reading(ref),
        engines.drainage(ref));
  }

  /// A cluster that does not exist, as it would be found once it were applied.
  ClusterView imagine(ClusterRef ref, ClusterSpec spec, Rosters.Former former) {
    var identity =
        new ClusterView.Identity(
            ref, ClusterView.Identity.NOT_GIVEN_YET, 1, Deletion.NONE, clock.instant());
    return view(
        identity,
        spec,
        former.roster(),
        former.tenant(),
        new Reading.Unknown<>("it has not been asked yet"),
        Drainage.unknown("it has not been asked yet"));
  }

  private ClusterView view(
      ClusterView.Identity identity,
      ClusterSpec spec,
      Roster roster,
      Reading<Optional<TenantView>> tenant,
      Reading<EngineReport> engine,
      Drainage drainage) {
    var ref = identity.ref();
    var volumes = cache.volumes(ref);
    return new ClusterView(
        identity,
        spec,
        leadership.authority(),
        cache.fresh(),
        roster.revision(),
        tenant,
        members(ref, roster, volumes),
        roster.members().stream().filter(roster::isGone).map(MemberRecord::slot).toList(),
        kept(roster, volumes),
        strays(roster.members(), volumes),
        cache.pools(ref),
        cache.terrain(),
        engine,
        profile.emptiesMembers() ? Optional.of(drainage) : Optional.empty(),
        cache.requests(ref).stream().map(request -> served(request, roster)).toList(),
        fleet.facts(identity),
        cache.standing(ref),
        profile.blueprint(ref, spec));
  }

  /// How to reach the engine: the tenant's log-in and every member's address; empty as long as
  /// either is missing.
  Optional<EnginePort.Access> access(ClusterRef ref) {
    var addresses = new TreeMap<MemberName, String>();
    cache
        .pods(ref)
        .forEach((name, pod) -> pod.ip().ifPresent(address -> addresses.put(name, address)));
    return addresses.isEmpty()
        ? Optional.empty()
        : tenants.secret(ref).map(secret -> new EnginePort.Access(ref, addresses, secret));
  }

  private List<MemberView> members(
      ClusterRef ref, Roster roster, SortedMap<String, VolumeView> volumes) {
    var pods = cache.pods(ref);
    var certificates = cache.certificates(ref);
    return roster.members().stream()
        .filter(record -> !roster.isGone(record))
        .map(record ->
            new MemberView(
                record,
                roster.drain(record.name()),
                Optional.ofNullable(volumes.get(record.volumeName())),
                Optional.ofNullable(pods.get(record.name())),
                Optional.ofNullable(certificates.get(record.name()))))
        .toList();
  }

  private static List<KeptVolume> kept(Roster roster, SortedMap<String, VolumeView> volumes) {
    return roster.members().stream()
        .filter(roster::isGone)
        .flatMap(record ->
            roster.drain(record.name()).stream()
                .flatMap(drain ->
                    Optional.ofNullable(volumes.get(record.volumeName())).stream()
                        .map(volume -> new KeptVolume(record, drain, volume))))
        .toList();
  }

  /// What is to be done about the volumes of a cluster whose resource is gone.
  Plan leftovers(Collection<VolumeView> left) {
    return Leftovers.plan(List.copyOf(left), clock.instant());
  }

  /// How long it is until then; at least a moment, so that what was just done is seen.
  Duration until(Instant time) {
    var left = Duration.between(clock.instant(), time).plusMillis(1);
    return left.compareTo(SOON) < 0 ? SOON : left;
  }

  private static Request served(Request request, Roster roster) {
    var removed = new TreeSet<String>();
    var gone = new TreeSet<String>();
    roster.drains().stream()
        .filter(drain -> drain.stage() == Stage.REMOVED)
        .filter(drain -> request.order().members().contains(drain.member().value()))
        .forEach(drain ->
            (drain.purpose().is(request.uid()) ? removed : gone).add(drain.member().value()));
    return request.with(removed, gone);
  }

  private static List<ClusterView.StrayVolume> strays(
      List<MemberRecord> records, SortedMap<String, VolumeView> volumes) {
    var ours = records.stream().map(MemberRecord::volumeName).collect(Collectors.toSet());
    return volumes.values().stream()
        .filter(volume -> !ours.contains(volume.name()))
        .map(volume ->
            new ClusterView.StrayVolume(
                volume.name(),
                volume.suspicion().orElse("no member of this cluster is recorded for it")))
        .toList();
  }
}
