package dev.flotilla.operator.core.request;

import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.lifecycle.DrainOutcome;
import dev.flotilla.topology.lifecycle.DrainOutcome.Undone;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.DrainState;
import dev.flotilla.topology.model.PoolName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// One request, looked at in the situation of its database.
///
/// What has become of it is told from the records of drains that carry its uid. The request itself
/// decides only what is begun and what is taken back.
///
/// Source: R19, R66, R67, DR-2 in docs/requirements.md; docs/adr/0027-an-operation-is-a-request.md
public record Asked(ClusterView view, Request request) {

  /// Every request that is not over, in the order in which they come.
  public static List<Asked> open(ClusterView view) {
    return view.requests().stream()
        .filter(request -> !request.over())
        .sorted(Comparator.comparing(Request::created).thenComparing(Request::name))
        .map(request -> new Asked(view, request))
        .toList();
  }

  /// Those of them that ask for this.
  public static List<Asked> open(ClusterView view, Request.Kind kind) {
    return open(view).stream().filter(asked -> asked.request.order().kind() == kind).toList();
  }

  /// Whom it is about, in its order: a restart that names nobody is about all.
  public List<String> names() {
    var named = request.order().members();
    return named.isEmpty() && isRestart()
        ? view.members().stream().map(member -> member.name().value()).toList()
        : named;
  }

  private boolean isRestart() {
    return request.order().kind() == Request.Kind.RESTART;
  }

  /// Why a drain that was begun for a request is to be taken back; empty if it is not. A request
  /// that is not there any more was withdrawn.
  ///
  /// @param operation the request's uid
  public static Optional<Undone> withdrawn(ClusterView view, String operation) {
    return view.requests().stream()
        .filter(request -> request.uid().equals(operation))
        .findFirst()
        .map(request -> new Asked(view, request).withdrawn())
        .orElse(Optional.of(Undone.CANCELLED));
  }

  /// Why it is to be taken back; empty if it is not.
  public Optional<Undone> withdrawn() {
    var order = request.order();
    if (order.cancelled()) {
      return Optional.of(Undone.CANCELLED);
    }
    return isOverdue() && order.deadline().then() == Deadline.OnTimeout.CANCEL
        ? Optional.of(Undone.TIMED_OUT)
        : Optional.empty();
  }

  /// Whether its time is over.
  public boolean isOverdue() {
    return !view.now().isBefore(request.order().deadline().at());
  }

  /// Those of its members that are to be drained, restarted or replaced and are not yet, in its
  /// order; who has a successor already comes first, whoever wanted that one.
  public List<MemberView> waiting() {
    return ends()
        ? List.of()
        : names().stream()
            .filter(name -> isYetToBegin(fate(name)))
            .flatMap(name -> member(name).stream())
            .sorted(Comparator.comparing(member -> !view.isBeingReplaced(member)))
            .toList();
  }

  /// Whether nothing more is begun for it.
  private boolean ends() {
    return request.over()
        || withdrawn().isPresent()
        || objection().isPresent()
        || names().stream().flatMap(name -> drain(name).stream()).anyMatch(Asked::isUndone);
  }

  private static boolean isYetToBegin(Fate fate) {
    return fate == Fate.WAITING || fate == Fate.PREPARING;
  }

  private static boolean isUndone(DrainRecord drain) {
    return drain.state() instanceof DrainState.Ended(Undone undone);
  }

  /// Whether it still asks for somebody to go.
  public boolean wantsSomebodyToGo() {
    return !isRestart() && !waiting().isEmpty();
  }

  /// Whether it still asks for members of a pool to go, so that nobody else of it is chosen. One
  /// that is to be replaced waits itself until its pool has as many members as it shall have,
  /// unless its successor is there.
  public boolean isAbout(PoolName pool) {
    return !isRestart()
        && waiting().stream()
            .filter(member -> member.pool().equals(pool))
            .anyMatch(member -> !isReplacement() || view.isBeingReplaced(member));
  }

  /// Whether it asks for new members in place of others.
  public boolean isReplacement() {
    return request.order().kind() == Request.Kind.REPLACE;
  }

  /// How far one of its members is.
  ///
  /// @param name as the request has it
  public Fate fate(String name) {
    if (request.removed().contains(name) || request.gone().contains(name)) {
      return Fate.REMOVED;
    }
    return switch (request.order().kind()) {
      case DRAIN -> drain(name).map(Asked::fate).orElse(Fate.WAITING);
      case RESTART -> member(name).map(this::restart).orElse(Fate.WAITING);
      case REPLACE -> member(name).map(this::replacement).orElse(Fate.WAITING);
    };
  }

  /// Until its drain is recorded, whether a new member was made for it tells how far it is; and if
  /// it stays after all, whether that one is still to go.
  private Fate replacement(MemberView member) {
    var fate = drain(member.name().value()).map(Asked::fate).orElse(Fate.WAITING);
    if (fate != Fate.WAITING && fate != Fate.KEPT) {
      return fate;
    }
    if (fate == Fate.KEPT || withdrawn().isPresent()) {
      return isSpareLeaving(member) ? Fate.CANCELLING : Fate.KEPT;
    }
    return view.successor(member).isPresent() ? Fate.PREPARING : Fate.WAITING;
  }

  /// Whether the new member that was made for one that stays is going, or will: it stays if its
  /// pool shall have one more by now, or somebody else wants the same.
  private boolean isSpareLeaving(MemberView member) {
    boolean isTooMany =
        view.successor(member).isPresent()
            && !view.isBeingReplaced(member)
            && view.spec().pool(member.pool()).filter(pool -> view.tooMany(pool) > 0).isPresent();
    return isTooMany
        || view.successors(member.name().value()).anyMatch(it -> it.openDrain().isPresent());
  }

  /// The new member that goes again, because the one that it was made for stays; empty if there is
  /// none.
  ///
  /// @return of the first such member of a pool
  public static Optional<MemberView> spare(ClusterView view, PoolName pool) {
    return open(view, Request.Kind.REPLACE).stream()
        .flatMap(asked -> asked.names().stream().flatMap(name -> asked.member(name).stream()))
        .filter(member -> member.pool().equals(pool) && member.stage().stays())
        .filter(member -> !view.isBeingReplaced(member))
        .flatMap(member -> view.successor(member).stream())
        .findFirst();
  }

  /// A pod that was made after the request is a new one, whoever wanted it. Within one second
  /// nobody can tell, and it is restarted once more.
  private Fate restart(MemberView member) {
    boolean isOld =
        member
            .pod()
            .filter(pod -> !pod.terminating() && !pod.created().isAfter(request.created()))
            .isPresent();
    if (isOld) {
      return Fate.WAITING;
    }
    return member.isReady() && view.hasJoined(member) ? Fate.RESTARTED : Fate.RESTARTING;
  }

  private static Fate fate(DrainRecord drain) {
    return switch (drain.state()) {
      case DrainState.Running running -> Fate.DRAINING;
      case DrainState.Cancelling cancelling -> Fate.CANCELLING;
      case DrainState.Removing removing -> Fate.REMOVING;
      case DrainState.Ended(DrainOutcome.Drained drained) -> Fate.REMOVED;
      case DrainState.Ended(DrainOutcome.Undone undone) -> Fate.KEPT;
    };
  }

  /// How far its members are, in its order.
  public List<Fate> fates() {
    return names().stream().map(this::fate).toList();
  }

  /// The drain that was begun for it, of a member that has not gone.
  public Optional<DrainRecord> drain(String name) {
    return member(name).flatMap(MemberView::drain).filter(it -> it.purpose().is(request.uid()));
  }

  /// One of its members, if it has not gone.
  public Optional<MemberView> member(String name) {
    return view.members().stream().filter(member -> member.name().value().equals(name)).findFirst();
  }

  /// How it ended; empty if it has not. A member that was given up goes first.
  public Optional<Ending> ending() {
    if (objection().isPresent()) {
      return Optional.of(Ending.FAILED);
    }
    return isRestart() ? endingOfRestart() : endingOfLeaving();
  }

  /// There is nothing to be undone: whoever is being restarted comes back in any case.
  private Optional<Ending> endingOfRestart() {
    boolean done =
        fates().stream().allMatch(fate -> fate == Fate.RESTARTED || fate == Fate.REMOVED);
    return done && !view.members().isEmpty()
        ? Optional.of(Ending.RESTARTED)
        : withdrawn().map(Asked::ending);
  }

  private Optional<Ending> endingOfLeaving() {
    var fates = fates();
    if (fates.stream().anyMatch(Fate::isMoving)) {
      return Optional.empty();
    }
    if (fates.stream().allMatch(fate -> fate == Fate.REMOVED)) {
      return Optional.of(isReplacement() ? Ending.REPLACED : Ending.DRAINED);
    }
    return request.order().members().stream()
        .flatMap(name -> drain(name).stream())
        .flatMap(drain -> ending(drain).stream())
        .max(Comparator.naturalOrder())
        .or(() -> withdrawn().map(Asked::ending));
  }

  /// Whether it ended, and only the records of its drains tell how: a new drain of the same member
  /// would take their place.
  public boolean isUnreported() {
    return !request.over()
        && ending().isPresent()
        && request.order().members().stream().anyMatch(name -> drain(name).isPresent());
  }

  private static Optional<Ending> ending(DrainRecord drain) {
    return drain.state() instanceof DrainState.Ended(Undone undone)
        ? Optional.of(ending(undone))
        : Optional.empty();
  }

  private static Ending ending(Undone undone) {
    return switch (undone) {
      case CANCELLED, SUPERSEDED -> Ending.CANCELLED;
      case TIMED_OUT -> Ending.TIMED_OUT;
      case INFEASIBLE -> Ending.INFEASIBLE;
    };
  }

  /// Why it cannot be done as it is written: the field, and what to do. Empty if it can, or was
  /// begun already.
  ///
  /// Source: V11 in docs/requirements.md
  public Optional<String> objection() {
    if (isRestart()) {
      return objectionToRestart();
    }
    var names = request.order().members();
    boolean begun =
        !request.removed().isEmpty()
            || names.stream().anyMatch(it -> drain(it).isPresent())
            || (isReplacement()
                && names.stream().anyMatch(it -> view.successors(it).findAny().isPresent())
                && names.stream().allMatch(this::wasEverThere));
    if (begun) {
      return Optional.empty();
    }
    if (names.isEmpty()) {
      return Optional.of(
          "spec.members names nobody that can be read. Name members as status.members of database %s lists them, in another operation."
              .formatted(view.ref().name()));
    }
    if (view.drainage().isEmpty()) {
      return Optional.of(
          "spec.type is %s, and this version empties no member of this engine. Delete the operation."
              .formatted(isReplacement() ? "Replace" : "Drain"));
    }
    return IntStream.range(0, names.size())
        .mapToObj(i -> absence(i, names.get(i)).or(() -> objection(i, names.get(i))))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> request.order().abandoned().flatMap(uid -> Abandoning.objection(this, uid)));
  }

  /// A member that goes while others are restarted is no mistake of whoever asked.
  private Optional<String> objectionToRestart() {
    var named = request.order().members();
    boolean begun =
        fates().stream().anyMatch(fate -> fate == Fate.RESTARTING || fate == Fate.RESTARTED);
    return begun
        ? Optional.empty()
        : IntStream.range(0, named.size())
            .mapToObj(i -> absence(i, named.get(i)))
            .flatMap(Optional::stream)
            .findFirst();
  }

  private boolean wasEverThere(String name) {
    return member(name).isPresent()
        || request.removed().contains(name)
        || request.gone().contains(name);
  }

  private Optional<String> absence(int place, String name) {
    var field = "spec.members[%d]".formatted(place);
    if (request.gone().contains(name)) {
      return Optional.of(
          "%s is %s, which was removed already; its volume data-%s is kept. Nothing is left to do: delete the operation."
              .formatted(field, name, name));
    }
    return member(name).isEmpty()
        ? Optional.of(
            "%s is %s, and database %s has no such member. Name one that status.members lists, in another operation."
                .formatted(field, name, view.ref().name()))
        : Optional.empty();
  }

  private Optional<String> objection(int place, String name) {
    return stranded(place, name).or(() -> unjoined(place, name));
  }

  /// In a zone that shall have nobody no new member is made.
  private Optional<String> stranded(int place, String name) {
    return member(name)
        .filter(member -> isReplacement() && !view.spec().zones().contains(member.zone()))
        .map(member ->
            "spec.members[%d] is %s, whose zone %s is not one of spec.topology.zones, so nobody can take its place there. Drain it instead, in another operation."
                .formatted(place, name, member.zone()));
  }

  private Optional<String> unjoined(int place, String name) {
    return member(name)
        .filter(this::hasNeverJoined)
        .map(member ->
            "spec.members[%d] is %s, which has never joined the database, so it holds nothing that could move. Wait until it has joined, or lower spec.pools[].instances of the DatabaseCluster."
                .formatted(place, name));
  }

  /// What joined once is stamped; whether one that is not has just joined is the engine's to say.
  private boolean hasNeverJoined(MemberView member) {
    return view.engine() instanceof Reading.Known<EngineReport>
        && !view.hasJoined(member)
        && member.volume().flatMap(VolumeView::trusted).stream()
            .allMatch(record -> record.engineUuid().isEmpty());
  }
}
