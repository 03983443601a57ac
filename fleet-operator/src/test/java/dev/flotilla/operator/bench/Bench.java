package dev.flotilla.operator.bench;

import static org.assertj.core.api.Assertions.fail;

import dev.flotilla.operator.core.compare.Comparison;
import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.retention.Deletion;
import dev.flotilla.operator.core.status.OperationReport;
import dev.flotilla.operator.core.status.StatusReport;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.operator.core.view.StorageClassView;
import dev.flotilla.operator.kube.read.PolicyReader;
import dev.flotilla.operator.port.Awakener;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.ClusterResource.Specification;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Glance;
import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.shell.Candidacy;
import dev.flotilla.operator.shell.Lookout;
import dev.flotilla.operator.shell.Operator;
import dev.flotilla.operator.shell.PassEnd;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.codec.VolumeRecordCodec;
import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.memory.MemoryTopologyStore;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.TopologyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// A world with three zones of two nodes each, and operators that are started into it.
public final class Bench {

  public static final ClusterRef SEARCH = new ClusterRef("shop", "search");

  /// More rounds than any scenario needs to come to rest.
  private static final int MAX_ROUNDS = 120;

  /// Longer than what a drain has got to may wait until it is told.
  private static final int QUIET = 9;

  private static final Duration ROUND = Duration.ofSeconds(2);

  final ManualTime time = new ManualTime();
  final FakeCluster cluster = new FakeCluster();
  final FakeEngine engine = new FakeEngine(cluster, time);
  private int generation;
  private int processes;

  public Bench() {
    for (var zone : List.of("a", "b", "c")) {
      cluster.addNode(zone + "1", zone);
      cluster.addNode(zone + "2", zone);
    }
    cluster.addStorageClass(new StorageClassView("zonal", true, true, true, List.of()));
  }

  /// One operator process.
  final class Running {

    final FakeWatch watch = new FakeWatch(cluster, time);
    final FakeKube kube = new FakeKube(cluster, watch, time);
    final Recorder said = new Recorder();
    final List<ClusterRef> woken = new ArrayList<>();
    private final StopSignal stop = new StopSignal();
    private final Operator operator;
    private StopSignal.Registration turn = () -> {};

    /// How often what runs was told to end.
    int ended;

    private Running(
        EnginePort engine, Scheduler scheduler, TopologyStore store, Candidacy candidacy) {
      var plain = new PlainEngine(time);
      operator =
          new Operator(
              new Operator.Ports(
                  kube,
                  watch,
                  store,
                  engine,
                  plain,
                  plain,
                  scheduler,
                  time,
                  said,
                  candidacy,
                  new Woken()));
    }

    /// Takes over; to be called once.
    Running takeOver() {
      operator.lead(new StopSignal());
      return this;
    }

    /// Asks for the lead now, and again whenever it is due.
    Running lead() {
      operator.lead(stop).again().ifPresent(rest -> turn = time.after(rest, this::lead));
      return this;
    }

    /// Its process ends without a word.
    void die() {
      turn.close();
    }

    /// Its process ends as it should.
    void close() {
      turn.close();
      operator.resign();
    }

    Optional<String> trouble() {
      return operator.trouble();
    }

    Authority authority() {
      return operator.authority();
    }

    /// What the operator sees of the cluster now.
    ClusterView view() {
      return operator.lookout().look(SEARCH) instanceof Glance.Seen(var view)
          ? view
          : fail("nothing is seen: " + operator.lookout().look(SEARCH));
    }

    /// A backup of what is recorded.
    SortedMap<Key, String> contents() {
      var lines = new TreeMap<Key, String>();
      operator
          .contents()
          .known()
          .orElseThrow()
          .entries()
          .forEach((key, entry) -> lines.put(key, entry.value()));
      return lines;
    }

    /// Puts a backup back.
    Operator.Restored restore(SortedMap<Key, String> backup) {
      return operator.restore(new StopSignal(), backup).known().orElseThrow();
    }

    /// What it finds when it compares the store with what exists.
    Reading<Comparison> compare() {
      return operator.compare(new StopSignal());
    }

    Lookout lookout() {
      return operator.lookout();
    }

    private final class Woken implements Awakener {
      @Override
      public void changed(ClusterRef ref) {
        woken.add(ref);
      }

      @Override
      public void respecified(ClusterRef ref) {
        woken.add(ref);
      }

      @Override
      public void epochChanged() {
        ended++;
      }
    }

    /// One pass; a cluster that is gone for the operator loses its resource.
    PassEnd pass(ClusterRef ref) {
      var end = operator.run(new StopSignal(), ref);
      if (end instanceof PassEnd.Stopped) {
        cluster.remove(Thing.Resource.key(ref));
      }
      return end;
    }
  }

  /// A new process with an empty store, before it took over.
  Running prepare() {
    return new Running(engine, time, emptyStore(), newest());
  }

  TopologyStore emptyStore() {
    return new MemoryTopologyStore(time::nanos);
  }

  /// A new process on a store that others may know, before it asked for the lead.
  ///
  /// @param nanos its own clock
  Running candidate(TopologyStore store, LongSupplier nanos) {
    var process = "process" + ++processes;
    var lease = LeaseName.ofSite("eu-1");
    return new Running(
        engine, time, store, new Candidacy.HolderOfLease(process, "operator", lease, nanos));
  }

  /// The same with another line to the engine.
  Running candidate(EnginePort other, TopologyStore store) {
    var lease = LeaseName.ofSite("eu-1");
    var process = "process" + ++processes;
    return new Running(
        other, time, store, new Candidacy.HolderOfLease(process, "operator", lease, time::nanos));
  }

  private Candidacy newest() {
    return new Candidacy.NewestStarter("process" + ++processes);
  }

  /// A new process with another engine and a clock of its own for what runs later.
  Running start(EnginePort other, Scheduler scheduler) {
    return new Running(other, scheduler, emptyStore(), newest()).takeOver();
  }

  /// A new process with an empty store that has taken over.
  Running start() {
    return prepare().takeOver();
  }

  // What the user does.

  /// Lets operators go on although the store is older than what has acted.
  void resume() {
    cluster.put(Thing.Epoch.NONE);
  }

  void apply(ClusterSpec spec) {
    apply(SEARCH, spec);
  }

  void apply(ClusterRef ref, ClusterSpec spec) {
    generation++;
    var uid =
        cluster
            .get(Thing.Resource.key(ref))
            .map(stored -> ((Thing.Resource) stored.thing()).content().uid())
            .orElse("resource-" + generation);
    var legal = new Specification.Legal(spec);
    cluster.put(
        new Thing.Resource(ref, new ClusterResource(uid, generation, Deletion.NONE, legal)));
  }

  void delete() {
    delete(SEARCH);
  }

  /// Lets that many databases be disrupted at the same time, in any zone, and as many members be
  /// given up within a while.
  void allow(int databases, int members) {
    var limits = PolicyReader.BUILT_IN;
    var disruption = new FleetLimits.Disruption(databases, false, limits.disruption().allowed());
    var breaker =
        new FleetLimits.Breaker(
            limits.breaker().clusters(),
            new FleetLimits.Limit(members, 0),
            limits.breaker().window());
    cluster.allow(new Reading.Known<>(new FleetLimits(disruption, breaker), time.instant()));
  }

  /// A request that members be drained, with two hours' time.
  void ask(String operation, Deadline.OnTimeout then, String... members) {
    ask(Request.Kind.DRAIN, operation, then, members);
  }

  /// A request that members be restarted, nobody meaning all, with two hours' time.
  void askToRestart(String operation, String... members) {
    ask(Request.Kind.RESTART, operation, Deadline.OnTimeout.HOLD, members);
  }

  /// A request of any kind, with two hours' time.
  void ask(Request.Kind kind, String operation, Deadline.OnTimeout then, String... members) {
    var created = time.instant();
    var deadline = new Deadline(created.plus(Duration.ofHours(2)), then);
    var order = new Request.Order(kind, List.of(members), false, deadline);
    cluster.put(new Thing.Operation(SEARCH, operation, created, order, Optional.empty()));
  }

  /// A person's word that a member goes as it is, which is good for a while.
  void askToGiveUp(String operation, Duration within, String member, String uid) {
    var created = time.instant();
    var deadline = new Deadline(created.plus(within), Deadline.OnTimeout.CANCEL);
    var order =
        new Request.Order(Request.Kind.DRAIN, List.of(member), false, deadline, Optional.of(uid));
    cluster.put(new Thing.Operation(SEARCH, operation, created, order, Optional.empty()));
  }

  void cancel(String operation) {
    cluster.change(
        Thing.Operation.key(SEARCH, operation),
        thing -> {
          var asked = (Thing.Operation) thing;
          return asked.ordered(asked.order().cancel());
        });
  }

  /// What was last reported of a request.
  OperationReport told(String operation) {
    return toldOf(operation)
        .orElseThrow(() -> new AssertionError("nothing was reported of " + operation));
  }

  /// The same; empty if nothing was reported as yet.
  Optional<OperationReport> toldOf(String operation) {
    return cluster
        .get(Thing.Operation.key(SEARCH, operation))
        .flatMap(stored -> ((Thing.Operation) stored.thing()).report());
  }

  void delete(ClusterRef ref) {
    delete(ref, Deletion.CONFIRMED);
  }

  /// Past the API server's policies, unless it is confirmed.
  void delete(ClusterRef ref, Deletion deletion) {
    cluster.change(
        Thing.Resource.key(ref),
        thing -> {
          var content = ((Thing.Resource) thing).content();
          return new Thing.Resource(
              ref,
              new ClusterResource(
                  content.uid(), content.generation(), deletion, content.specification()));
        });
  }

  // The world goes on.

  /// Passes, kubelets, engine and time in turn until nothing changes any more.
  void rest(Running... operators) {
    int quiet = 0;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      var before = cluster.revision();
      for (var running : operators) {
        running.pass(SEARCH);
      }
      turn();
      for (var running : operators) {
        running.watch.deliver();
      }
      quiet = cluster.revision() == before ? quiet + 1 : 0;
      if (quiet == QUIET) {
        return;
      }
    }
    throw new AssertionError("does not come to rest: " + picture());
  }

  /// An operator of its own acts until it has marked a member, and then ends.
  void runUntilMarked() {
    var running = start();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      if (!engine.database(SEARCH).listed().isEmpty()) {
        running.die();
        resume();
        return;
      }
      running.pass(SEARCH);
      turn();
      running.watch.deliver();
    }
    throw new AssertionError("nobody is marked: " + picture());
  }

  /// Kubelets, engine and time, without any operator.
  void turn() {
    cluster.settle();
    time.advance(ROUND);
  }

  // What there is.

  List<String> podNames() {
    return cluster.pods(SEARCH).stream()
        .map(pod -> pod.draft().member().name().value())
        .sorted()
        .toList();
  }

  Thing.Pod pod(String zone) {
    return cluster.pods(SEARCH).stream()
        .filter(pod -> pod.draft().member().zone().name().equals(zone))
        .min((left, right) ->
            Integer.compare(
                left.draft().member().slot().ordinal(), right.draft().member().slot().ordinal()))
        .orElseThrow(() -> new AssertionError("no pod in zone " + zone));
  }

  Optional<Thing.Pod> podOf(MemberName name) {
    return cluster.get(Thing.Pod.key(SEARCH, name)).map(stored -> (Thing.Pod) stored.thing());
  }

  StatusReport status() {
    return status(SEARCH);
  }

  StatusReport status(ClusterRef ref) {
    return cluster
        .get(Thing.Status.key(ref))
        .map(stored -> ((Thing.Status) stored.thing()).report())
        .orElseThrow(() -> new AssertionError("no status was written"));
  }

  /// Everything that should be the same however often the operator died on the way: what exists,
  /// without uids, versions, addresses and nodes.
  String picture() {
    var lines = new TreeMap<String, String>();
    cluster
        .all(Thing.class)
        .forEach(thing -> {
          var words = words(thing);
          if (!words.isEmpty()) {
            lines.put(thing.key(), words);
          }
        });
    return lines.entrySet().stream()
        .map(line -> line.getKey() + ": " + line.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static String words(Thing thing) {
    return switch (thing) {
      case Thing.Pod pod ->
          "%s ready=%s terminating=%s revision=%s"
              .formatted(
                  pod.draft().member().slot(),
                  pod.ready(),
                  pod.terminating(),
                  pod.draft().template().revision());
      case Thing.Claim claim -> claimWords(claim);
      case Thing.Pool pool -> "instances=" + pool.instances();
      case Thing.Secret secret -> secret.content().toString();
      case Thing.Leaf leaf -> "there";
      case Thing.Kept kept -> kept.key();
      case Thing.Status status ->
          status.report().conditions().stream()
              .map(it -> it.type().id() + "=" + it.truth() + " " + it.reason().id())
              .collect(Collectors.joining(", "));
      case Thing.Operation operation -> operationWords(operation);
      case Thing.Node node -> "";
      case Thing.StorageClass storageClass -> "";
      case Thing.Resource resource -> "there";
      case Thing.Epoch epoch -> "";
    };
  }

  private static String operationWords(Thing.Operation operation) {
    return operation
        .report()
        .map(it -> "%s %s %s".formatted(it.phase(), it.ending(), it.members()))
        .orElse("unanswered");
  }

  private static String stage(Decoded<DrainRecord> note) {
    return switch (note) {
      case Decoded.Damaged<DrainRecord>(var why) -> "damaged: " + why;
      case Decoded.Valid<DrainRecord>(var drain) -> drain.stage().name();
    };
  }

  private static String claimWords(Thing.Claim claim) {
    return switch (VolumeRecordCodec.decode(claim.record())) {
      case Decoded.Damaged(var why) -> "damaged: " + why;
      case Decoded.Valid(var record) ->
          "%s founding=%s engine=%s zone=%s drain=%s"
              .formatted(
                  record.member().slot(),
                  record.member().founding(),
                  record.engineUuid(),
                  claim.zone(),
                  claim.note().map(DrainRecordCodec::decode).map(Bench::stage).orElse("none"));
    };
  }
}
