package dev.flotilla.operator.bench;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An engine behind the pods of a [FakeCluster].
///
/// It forms a database when the majority of the founders that a pod was told of are up and none of
/// the volumes has been written on; members whose volume is empty join. What is formed is kept on
/// the volumes.
public final class FakeEngine implements EnginePort {

  private final FakeCluster cluster;
  private final InstantSource clock;

  /// What lies on each volume, by the claim's uid.
  private final Map<String, String> disks = new TreeMap<>();

  private int formations;
  private Optional<String> silence = Optional.empty();

  FakeEngine(FakeCluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /// How often a database was formed; more than once is a lost one.
  int formations() {
    return formations;
  }

  /// Answers nothing that can be believed; empty lets it answer again.
  void silence(Optional<String> why) {
    silence = why;
  }

  @Override
  public Reading<EngineReport> observe(StopSignal stop, Access access) {
    stop.throwIfStopped();
    return silence
        .<Reading<EngineReport>>map(Reading.Unknown::new)
        .orElseGet(() -> answer(access.cluster()));
  }

  private Reading<EngineReport> answer(ClusterRef ref) {
    var up = cluster.pods(ref).stream().filter(Thing.Pod::ready).toList();
    var uuid = up.stream().flatMap(pod -> disk(pod).stream()).findFirst().or(() -> form(up));
    if (uuid.isEmpty()) {
      return new Reading.Unknown<>("no voter was elected");
    }
    up.stream().filter(pod -> disk(pod).isEmpty()).forEach(pod -> disks.put(uid(pod), uuid.get()));
    var nodes =
        up.stream()
            .map(pod ->
                new EngineReport.Node(
                    pod.draft().member().name().value(), pod.draft().template().engineVersion(), 1))
            .toList();
    var report = new EngineReport(uuid.get(), EngineReport.Health.GREEN, nodes);
    return new Reading.Known<>(report, clock.instant());
  }

  private Optional<String> form(List<Thing.Pod> up) {
    var names = up.stream().map(pod -> pod.draft().member().name()).toList();
    boolean elected =
        up.stream().map(pod -> pod.draft().founders()).anyMatch(list -> elects(list, names));
    return elected ? Optional.of("engine-" + ++formations) : Optional.empty();
  }

  private static boolean elects(List<MemberName> founders, List<MemberName> up) {
    return !founders.isEmpty()
        && founders.stream().filter(up::contains).count() > founders.size() / 2;
  }

  private Optional<String> disk(Thing.Pod pod) {
    return Optional.ofNullable(disks.get(uid(pod)));
  }

  private String uid(Thing.Pod pod) {
    var member = pod.draft().member();
    return cluster
        .get(Thing.Claim.key(member.cluster(), member.volumeName()))
        .map(Stored::uid)
        .orElse("none of " + member.name());
  }
}
