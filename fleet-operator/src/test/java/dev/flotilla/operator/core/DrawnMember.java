package dev.flotilla.operator.core;

import static dev.flotilla.operator.core.Drawing.ENGINE;
import static dev.flotilla.operator.core.Drawing.NOW;
import static dev.flotilla.operator.core.Drawing.SEARCH;
import static dev.flotilla.operator.core.Drawing.TENANT;

import dev.flotilla.operator.core.retention.Retention;
import dev.flotilla.operator.core.view.ClusterView.KeptVolume;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.PodView.Trouble;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.lifecycle.DrainOutcome;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.Stake;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One member of a [Drawing], with what is out of order about it.
///
/// Of its record: `new` (has nothing yet), `allocated`, `joins` (was no founder), `instead a1`
/// (made in that one's place). Of its volume: `no volume`, `volume pending`, `volume terminating`,
/// `volume lost`, `volume copied`, `volume damaged`, `volume in b`, `volume small`, `volume pinned`
/// (to its zone's node), `unstamped`. Of its pod: `no pod`, `pending`, `starting`, `over`,
/// `terminating`, `unschedulable`, `no room`, `no image`, `crashing`, `running` (its engine,
/// whatever else), `old`, `fresh` (made just now), `not joined`. Of its certificate: `no
/// certificate`, `certificate ends`. Of its drain: `drains`, `overdue`, `cancelling`, `removing`,
/// `reclaiming` (its address was excluded by somebody), the last three also with `released`, `was
/// kept`; all also with `asked` (by the first request) or `given up` (by it, with its pod's uid);
/// `patient` (it is held at its deadline), `had orders` or `had orders lacking 2` (its stake), `had
/// nothing`; of its volume then `noted` or `noted gone`; of the engine `marked`, `empty` and
/// `moving` (copies of it are on their way).
///
/// @param words what is out of order
record DrawnMember(Slot slot, List<String> words) {

  private boolean is(String word) {
    return words.contains(word);
  }

  boolean hasJoined() {
    return List.of(
            "new",
            "no pod",
            "pending",
            "starting",
            "over",
            "unschedulable",
            "no room",
            "no image",
            "not joined")
        .stream()
        .noneMatch(this::is);
  }

  /// @param revision of a pod that is up to date
  MemberView view(String revision) {
    var allocated = allocated();
    var record = is("new") || is("allocated") ? allocated : allocated.provisioned();
    return new MemberView(
        record,
        drain(),
        is("new") || is("no volume") ? Optional.empty() : Optional.of(volume(allocated)),
        is("new") || is("no pod") ? Optional.empty() : Optional.of(pod(revision)),
        certificate());
  }

  private MemberRecord allocated() {
    return words.stream()
        .filter(word -> word.startsWith("instead "))
        .map(word -> Integer.parseInt(word.substring(word.length() - 1)))
        .map(ordinal -> new Slot(slot.pool(), slot.zone(), ordinal))
        .map(other -> MemberRecord.allocated(SEARCH, TENANT, other, true))
        .map(other -> MemberRecord.inPlaceOf(other, slot))
        .findFirst()
        .orElseGet(() -> MemberRecord.allocated(SEARCH, TENANT, slot, !is("joins")));
  }

  private Optional<DrainRecord> drain() {
    var begun = begun();
    if (is("drains") || is("overdue")) {
      return Optional.of(begun);
    }
    if (is("cancelling")) {
      var back = begun.cancelled(DrainOutcome.Undone.SUPERSEDED);
      return Optional.of(is("released") ? back.released() : back);
    }
    if (is("removing")) {
      return Optional.of(is("released") ? begun.givenUp().released() : begun.givenUp());
    }
    if (is("reclaiming")) {
      var back =
          DrainRecord.reclaimed(
              SEARCH,
              Drawing.name(slot),
              new DrainRecord.Purpose.Reclaim("exclude._ip", address()),
              begun.beginning(),
              begun.deadline());
      return Optional.of(is("released") ? back.released() : back);
    }
    return is("was kept")
        ? Optional.of(begun.cancelled(DrainOutcome.Undone.SUPERSEDED).released().ended())
        : Optional.empty();
  }

  /// Its drain as it was begun an hour ago.
  private DrainRecord begun() {
    return DrainRecord.begun(
        Drawing.SEARCH,
        Drawing.name(slot),
        is("asked") || is("given up")
            ? new DrainRecord.Purpose.Request(
                "uid-of-request-1",
                is("given up") ? Optional.of("pod-of-" + alias()) : Optional.empty())
            : new DrainRecord.Purpose.ScaleIn(),
        new DrainRecord.Beginning(
            new Epoch(1), new Revision(2), 1, NOW.minusSeconds(3600), stake()),
        new Deadline(
            is("overdue") ? NOW : NOW.plusSeconds(3600),
            is("patient") ? Deadline.OnTimeout.HOLD : Deadline.OnTimeout.CANCEL));
  }

  private Optional<Stake> stake() {
    return words.stream()
        .filter(word -> word.startsWith("had "))
        .map(word -> word.split(" "))
        .map(word ->
            word[1].equals("nothing")
                ? new TreeMap<String, Integer>()
                : new TreeMap<>(Map.of(word[1], word.length > 3 ? Integer.parseInt(word[3]) : 0)))
        .findFirst()
        .flatMap(Stake::of);
  }

  private Optional<String> note() {
    return is("noted")
        ? Optional.of(DrainRecordCodec.encode(begun()))
        : is("noted gone")
            ? Optional.of(DrainRecordCodec.encode(begun().givenUp().released().ended()))
            : Optional.empty();
  }

  /// `kept until past`, `kept until later`, `kept until rubbish`; of a person `wants forever`,
  /// `wants past` or `wants rubbish`.
  private Retention retention() {
    return new Retention(said("kept until "), said("wants "));
  }

  private Optional<String> said(String by) {
    return words.stream()
        .filter(word -> word.startsWith(by))
        .map(word -> word.substring(by.length()))
        .map(word ->
            switch (word) {
              case "past" -> NOW.toString();
              case "later" -> NOW.plusSeconds(3600).toString();
              default -> word;
            })
        .findFirst();
  }

  /// The volume of one that is `gone`, if it has any.
  Optional<KeptVolume> kept(String revision) {
    var ended = begun().givenUp().released().ended();
    var view = view(revision);
    return view.volume().map(volume -> new KeptVolume(view.record(), ended, volume));
  }

  boolean isGone() {
    return is("gone");
  }

  boolean isMarked() {
    return is("marked");
  }

  /// What the engine tells of it.
  EngineReport.Node told(String name, String version) {
    return new EngineReport.Node(name, DrawnMarks.id(name), version, 1, is("moving") ? 2 : 0);
  }

  /// What the engine counts on it.
  int copies() {
    return is("empty") ? 0 : 4;
  }

  private Optional<Instant> certificate() {
    if (is("new") || is("no certificate")) {
      return Optional.empty();
    }
    return Optional.of(NOW.plus(Duration.ofDays(is("certificate ends") ? 29 : 300)));
  }

  private VolumeView volume(MemberRecord allocated) {
    var uid = "volume-of-" + slot.zone() + slot.ordinal();
    var fresh = VolumeRecord.fresh(allocated.provisioned());
    var record = is("unstamped") || is("volume pending") ? fresh : fresh.stamped(uid, ENGINE);
    boolean pending = is("volume pending");
    return new VolumeView(
        allocated.volumeName(),
        is("volume copied") ? "another-uid" : uid,
        "11",
        is("volume lost")
            ? VolumeView.Phase.LOST
            : pending ? VolumeView.Phase.PENDING : VolumeView.Phase.BOUND,
        is("volume terminating"),
        is("volume damaged")
            ? new Decoded.Damaged<>("its checksum is wrong")
            : new Decoded.Valid<>(record),
        note(),
        retention(),
        pending ? Optional.empty() : Optional.of(is("volume in b") ? new Zone("b") : slot.zone()),
        is("volume pinned") ? Optional.of("n" + slot.zone()) : Optional.empty(),
        new VolumeView.Asked(is("volume small") ? "5Gi" : "10Gi", Optional.of("zonal")),
        pending
            ? Optional.empty()
            : Optional.of(is("volume small") || is("volume growing") ? "5Gi" : "10Gi"));
  }

  private String alias() {
    return slot.zone().name() + slot.ordinal();
  }

  private PodView pod(String revision) {
    boolean placed = !is("pending") && !is("unschedulable") && !is("no room");
    var alias = alias();
    return new PodView(
        "pod-of-" + alias,
        "7",
        is("fresh") ? NOW : NOW.minus(Duration.ofDays(1)),
        is("over")
            ? PodView.Phase.FAILED
            : placed && !is("no image") ? PodView.Phase.RUNNING : PodView.Phase.PENDING,
        hasJoined() || is("not joined"),
        is("running") || trouble().isEmpty(),
        is("terminating"),
        placed ? Optional.of("n" + slot.zone()) : Optional.empty(),
        placed && !is("no image") ? Optional.of(address()) : Optional.empty(),
        is("old") ? "older" : revision,
        is("nudged") ? Optional.of("older") : Optional.empty(),
        trouble());
  }

  private String address() {
    return "10.0.%d.%d".formatted(slot.zone().name().charAt(0) - 'a', slot.ordinal());
  }

  private Optional<Trouble> trouble() {
    if (is("unschedulable")) {
      return Optional.of(new Trouble(Trouble.Kind.UNSCHEDULABLE, "0 of 6 nodes are available"));
    }
    if (is("no room")) {
      return Optional.of(new Trouble(Trouble.Kind.NO_ROOM, "0/6 nodes: 2 Insufficient memory"));
    }
    if (is("no image")) {
      return Optional.of(new Trouble(Trouble.Kind.IMAGE, "Back-off pulling image"));
    }
    return is("crashing")
        ? Optional.of(new Trouble(Trouble.Kind.CRASHING, "exit code 78"))
        : Optional.empty();
  }
}
