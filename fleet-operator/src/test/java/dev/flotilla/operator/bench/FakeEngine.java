package dev.flotilla.operator.bench;

import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.operator.port.MarkResult;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  private final Map<ClusterRef, FakeDatabase> databases = new HashMap<>();
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
    var database = database(ref, uuid.get());
    var zones = new TreeMap<String, String>();
    up.forEach(
        pod -> zones.put(pod.draft().member().name().value(), pod.draft().member().zone().name()));
    database.members(zones, starts(up));
    database.reachedAt(addresses(up));
    var nodes = up.stream().map(pod -> node(database, pod)).toList();
    var report = new EngineReport(uuid.get(), database.health(), nodes);
    return new Reading.Known<>(report, clock.instant());
  }

  private static Map<String, String> addresses(List<Thing.Pod> up) {
    return up.stream()
        .collect(
            Collectors.toMap(
                pod -> pod.draft().member().name().value(), pod -> pod.ip().orElse("none")));
  }

  /// A pod that is made anew is another process.
  private Map<String, Integer> starts(List<Thing.Pod> up) {
    return up.stream()
        .collect(
            Collectors.toMap(
                pod -> pod.draft().member().name().value(),
                pod -> cluster.get(pod.key()).map(Stored::uid).orElse("none").hashCode()));
  }

  /// Where nothing was stored, each member holds one copy of something of the engine's own.
  private static EngineReport.Node node(FakeDatabase database, Thing.Pod pod) {
    var name = pod.draft().member().name().value();
    int copies = database.isEmpty() ? 1 : database.count(name);
    return new EngineReport.Node(
        name, "id-of-" + name, pod.draft().template().engineVersion(), copies, 0);
  }

  private FakeDatabase database(ClusterRef ref, String uuid) {
    return databases.computeIfAbsent(ref, key -> new FakeDatabase(uuid, clock));
  }

  /// The database of a cluster whose engine was formed.
  FakeDatabase database(ClusterRef ref) {
    return Optional.ofNullable(databases.get(ref)).orElseThrow();
  }

  /// What a database says while the engine answers at all.
  private <T> Reading<T> ask(StopSignal stop, Access access, Function<FakeDatabase, T> question) {
    return switch (observe(stop, access)) {
      case Reading.Unknown<EngineReport>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<EngineReport>(var report, var at) ->
          new Reading.Known<>(question.apply(database(access.cluster())), at);
    };
  }

  @Override
  public Reading<EngineMarks> listMarks(StopSignal stop, Access access, Errand errand) {
    return ask(stop, access, FakeDatabase::marks);
  }

  @Override
  public MarkResult sync(StopSignal stop, Access access, Errand errand, MarkOrder order) {
    return switch (ask(stop, access, database -> database.sync(order))) {
      case Reading.Unknown<MarkResult>(var why) -> new MarkResult.Refused(why);
      case Reading.Known<MarkResult>(var result, var at) -> result;
    };
  }

  @Override
  public Reading<Evacuation> evacuation(
      StopSignal stop, Access access, Errand errand, Set<MemberName> leaving) {
    return ask(stop, access, database -> database.evacuation(leaving));
  }

  @Override
  public Reading<List<Explained>> explain(
      StopSignal stop,
      Access access,
      Errand errand,
      List<Evacuation.Copy> copies,
      Set<MemberName> leaving) {
    return ask(stop, access, database -> database.explain(copies, leaving));
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
