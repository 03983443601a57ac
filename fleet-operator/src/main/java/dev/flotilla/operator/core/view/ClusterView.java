package dev.flotilla.operator.core.view;

import dev.flotilla.operator.core.fleet.FleetFacts;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.object.Standing;
import dev.flotilla.operator.core.retention.Deletion;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.DrainRecord.Purpose;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.Zone;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Everything that the planner knows about one cluster, at one moment.
///
/// @param identity which resource this is, and whether it is being deleted
/// @param spec what the user wants
/// @param authority whether this operator may act
/// @param fresh whether every watch is healthy; Unknown says which one is not
/// @param revision of the store's records that `members` shows
/// @param tenant what the tenant's Secret says; known and empty means that there is no such Secret
/// @param members every recorded member that was not removed, by name
/// @param gone slots of those that were removed: they are never filled again
/// @param kept volumes of members that were removed
/// @param strays volumes that carry the cluster's label but belong to no recorded member
/// @param pools the pools that exist in Kubernetes
/// @param terrain nodes and storage
/// @param engine the engine's last report
/// @param drainage what the engine says about emptying members; empty if that is not done at all
/// @param requests what persons ask to be done with its members
/// @param fleet what it shares with all other databases
/// @param standing the kept objects as they are
/// @param blueprint what the engine's adapter makes of the specification
public record ClusterView(
    Identity identity,
    ClusterSpec spec,
    Authority authority,
    Reading<Instant> fresh,
    Revision revision,
    Reading<Optional<TenantView>> tenant,
    List<MemberView> members,
    List<Slot> gone,
    List<KeptVolume> kept,
    List<StrayVolume> strays,
    SortedMap<PoolName, PoolView> pools,
    Terrain terrain,
    Reading<EngineReport> engine,
    Optional<Drainage> drainage,
    List<Request> requests,
    Reading<FleetFacts> fleet,
    Standing standing,
    Blueprint blueprint) {

  public ClusterView {
    members =
        members.stream().sorted((left, right) -> left.name().compareTo(right.name())).toList();
    gone = List.copyOf(gone);
    kept = List.copyOf(kept);
    strays = List.copyOf(strays);
    requests = List.copyOf(requests);
    pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
  }

  /// Which `DatabaseCluster` is looked at.
  ///
  /// @param uid of the resource
  /// @param generation of the specification that `spec` was parsed from
  /// @param now the moment of the view, for deadlines; comes from the clock's port
  public record Identity(
      ClusterRef ref, String uid, long generation, Deletion deletion, Instant now) {

    /// The uid of a resource that is only thought of.
    public static final String NOT_GIVEN_YET = "not-given-yet";

    /// Whether the resource exists, and with it the uid that names follow from.
    public boolean exists() {
      return !uid.equals(NOT_GIVEN_YET);
    }

    /// Whether it is being deleted.
    public boolean deleting() {
      return deletion.isGoing();
    }
  }

  /// The volume of a member that was removed.
  ///
  /// @param drain as it ended: the member was emptied
  public record KeptVolume(MemberRecord record, DrainRecord drain, VolumeView volume) {

    /// Whether the volume itself says that its member was emptied, and is surely ours.
    public boolean isCertain() {
      return volume.trusted().filter(it -> it.member().name().equals(record.name())).isPresent()
          && volume.noted().filter(drain::equals).isPresent()
          && !volume.terminating();
    }

    /// The same with the claim as it is now.
    public KeptVolume with(VolumeView now) {
      return new KeptVolume(record, drain, now);
    }
  }

  /// A volume claim that says it is ours and is not believed.
  ///
  /// @param name of the claim
  /// @param why one clause for people
  public record StrayVolume(String name, String why) {}

  /// What the engine's adapter makes of the specification, without any input of its own.
  ///
  /// @param files the engine's settings by file name
  public record Blueprint(SortedMap<String, String> files) {
    public Blueprint {
      files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
  }

  public ClusterRef ref() {
    return identity.ref();
  }

  public Instant now() {
    return identity.now();
  }

  public Optional<MemberView> member(MemberName name) {
    return members.stream().filter(member -> member.name().equals(name)).findFirst();
  }

  public List<MemberView> membersOf(PoolName pool) {
    return members.stream().filter(member -> member.pool().equals(pool)).toList();
  }

  /// The members of a pool that are not to go.
  public List<MemberView> staying(PoolName pool) {
    return membersOf(pool).stream().filter(member -> member.stage().stays()).toList();
  }

  /// The members of a pool that drain because it had too many, and can still be kept, the one to be
  /// kept first first.
  public List<MemberView> revivable(PoolName pool) {
    return membersOf(pool).stream()
        .filter(member -> member.stage() == Stage.DRAINING && !isAskedToGo(member))
        .toList();
  }

  /// How many members a pool lacks; less than 0 if it has too many.
  ///
  /// One that a person asked to be emptied is there until it has gone, and its volume says so:
  /// whoever takes its place is made then, so that nobody is too many if it has to be kept. One
  /// that is being replaced and its successor count as one.
  public int missing(PoolSpec pool) {
    var there =
        membersOf(pool.name()).stream()
            .filter(member -> member.stage().stays() || isAskedToGo(member))
            .toList();
    return wanted(pool) + doubled(there) - there.size();
  }

  /// How many members that stay a pool has too many; less than 1 if it has none.
  public int tooMany(PoolSpec pool) {
    var staying = staying(pool.name());
    return staying.size() - doubled(staying) - wanted(pool);
  }

  private int doubled(List<MemberView> some) {
    return (int) some.stream().filter(this::isBeingReplaced).count();
  }

  /// Whether a new member was made to take this one's place, and a person still wants that.
  public boolean isBeingReplaced(MemberView member) {
    return requests.stream()
            .filter(request -> request.replaces(member.name().value()))
            .anyMatch(request -> request.isWanted(now()) && !isTakenBack(member, request))
        && successor(member).isPresent();
  }

  private static boolean isTakenBack(MemberView member, Request request) {
    return member
        .drain()
        .filter(drain -> drain.purpose().is(request.uid()))
        .filter(drain -> drain.stage() != Stage.DRAINING && drain.stage() != Stage.REMOVING)
        .isPresent();
  }

  /// The member that was made to take this one's place and is not to go itself.
  public Optional<MemberView> successor(MemberView member) {
    return successors(member.name().value()).filter(other -> other.stage().stays()).findFirst();
  }

  /// Those that were ever made to take a member's place and have not gone.
  ///
  /// @param name of the member whose place it is, there or not
  public Stream<MemberView> successors(String name) {
    return members.stream()
        .filter(it -> it.record().instead().filter(is -> is.value().equals(name)).isPresent());
  }

  /// What Kubernetes shows at the tenant's address of the body that a member has now; nothing of an
  /// earlier one.
  public Optional<KeptObject.Endpoint> said(MemberView member) {
    return member
        .pod()
        .flatMap(PodView::ip)
        .flatMap(ip -> standing.endpoints().flatMap(it -> it.of(member.name(), ip)));
  }

  private static boolean isAskedToGo(MemberView member) {
    return member.openDrain().filter(it -> it.purpose() instanceof Purpose.Request).isPresent();
  }

  /// The slots of members that make their zones fuller: not of those that were given up.
  public List<Slot> filled() {
    return members.stream()
        .filter(member -> member.stage() != Stage.REMOVING)
        .map(member -> member.record().slot())
        .toList();
  }

  /// Every slot that was ever given.
  public List<Slot> slots() {
    return Stream.concat(members.stream().map(member -> member.record().slot()), gone.stream())
        .toList();
  }

  /// The same with one request more.
  public ClusterView with(Request request) {
    return new ClusterView(
        identity,
        spec,
        authority,
        fresh,
        revision,
        tenant,
        members,
        gone,
        kept,
        strays,
        pools,
        terrain,
        engine,
        drainage,
        Stream.concat(requests.stream(), Stream.of(request)).toList(),
        fleet,
        standing,
        blueprint);
  }

  /// What keeps data off members.
  public Reading<EngineMarks> marks() {
    return drainage
        .map(Drainage::marks)
        .orElseGet(() -> new Reading.Unknown<>("this version empties no member"));
  }

  /// How many members a pool shall have.
  ///
  /// A count in the specification alone decides; without one the pool's own scale does; a pool that
  /// does not exist (any more) keeps its recorded members, and a new one starts with one member in
  /// each zone.
  public int wanted(PoolSpec pool) {
    if (pool.instances().isPresent()) {
      return pool.instances().getAsInt();
    }
    var live = pools.get(pool.name());
    if (live != null) {
      return live.instances();
    }
    int recorded = membersOf(pool.name()).size();
    return recorded > 0 ? recorded : spec.zones().size();
  }

  /// The uuid of the engine cluster that was once formed, as the tenant's Secret or any volume
  /// remembers it.
  public Optional<String> formed() {
    return tenant
        .known()
        .flatMap(found -> found)
        .flatMap(TenantView::formed)
        .or(this::formedByVolumes);
  }

  private Optional<String> formedByVolumes() {
    return members.stream()
        .flatMap(member -> member.volume().stream())
        .flatMap(volume -> volume.trusted().stream())
        .flatMap(record -> record.engineUuid().stream())
        .findFirst();
  }

  /// Whether it is being deleted, may hold data, and nobody has confirmed that it shall go: then
  /// nothing of it ends. What is not known counts as data.
  public boolean isKeptFromDeletion() {
    return identity.deletion() == Deletion.UNCONFIRMED
        && (tenant.known().isEmpty() || formed().isPresent() || engine.known().isPresent());
  }

  /// Whether its pods are to stop for good.
  public boolean isToEnd() {
    return identity.deleting() && !isKeptFromDeletion();
  }

  /// Whether no member can have written on its volume yet: none was formed, none has a pod, and no
  /// volume was ever bound, which only a pod's start brings about.
  public boolean isUnstarted() {
    return formed().isEmpty()
        && members.stream()
            .allMatch(member ->
                member.pod().isEmpty()
                    && member
                        .volume()
                        .filter(volume -> volume.phase() != VolumeView.Phase.PENDING)
                        .isEmpty());
  }

  /// Whether any member has a pod.
  public boolean hasPods() {
    return members.stream().anyMatch(member -> member.pod().isPresent());
  }

  /// Whether the engine counts the member as its own, as far as is known.
  public boolean hasJoined(MemberView member) {
    return engine.known().flatMap(report -> report.node(member.name().value())).isPresent();
  }

  /// The zones of the specification that have a node for a new member.
  public List<Zone> usableZones() {
    return spec.zones().stream().filter(terrain::isUsable).toList();
  }
}
