package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.compare.Comparison;
import dev.flotilla.operator.core.compare.Sides;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.operator.port.Mirrored.Trusted;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.Contents;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.StoreReading;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Looks at all that is recorded at once: compares it with what exists, copies it, puts a copy
/// back.
///
/// Nothing here makes or ends a pod or a volume.
///
/// Source: D13, R56 in docs/requirements.md; docs/adr/0028-a-store-that-may-be-wrong.md
final class StoreReview {

  private final KubeCache cache;
  private final MemberBook book;
  private final Rosters rosters;

  StoreReview(KubeCache cache, MemberBook book, Rosters rosters) {
    this.cache = cache;
    this.book = book;
    this.rosters = rosters;
  }

  /// Compares the store with the volumes, pods and engines that there are. May block.
  ///
  /// @param ask asks a cluster's engine
  Reading<Comparison> compare(Function<ClusterRef, Reading<EngineReport>> ask) {
    return recorded().map(contents -> compare(contents, ask));
  }

  /// Everything that is recorded, as of the moment of which Kubernetes is known.
  private Reading<Contents> recorded() {
    return switch (cache.fresh()) {
      case Reading.Unknown<Instant>(var why) ->
          new Reading.Unknown<>("what is known of Kubernetes may be old: " + why);
      case Reading.Known<Instant>(var moment, var at) ->
          switch (book.all()) {
            case StoreReading.Unknown(var why) -> new Reading.Unknown<>(why);
            case StoreReading.Known(var contents) -> new Reading.Known<>(contents, moment);
          };
    };
  }

  private Comparison compare(Contents contents, Function<ClusterRef, Reading<EngineReport>> ask) {
    return Comparison.of(
        clusters(contents).stream()
            .map(cluster -> sides(cluster, contents, ask.apply(cluster)))
            .toList());
  }

  /// Those that are recorded, and those that exist.
  private SortedSet<ClusterRef> clusters(Contents contents) {
    var clusters = new TreeSet<>(cache.clusters());
    contents.entries().keySet().forEach(key -> MemberBook.cluster(key).ifPresent(clusters::add));
    return clusters;
  }

  private Sides sides(ClusterRef cluster, Contents contents, Reading<EngineReport> engine) {
    var own = own(cluster, contents);
    var recorded =
        new Sides.Recorded(
            MemberBook.resource(cluster, own),
            names(
                MemberBook.roster(cluster, own).members().stream()
                    .map(MemberRecord::name)
                    .toList()),
            MemberBook.damage(cluster, own).map(Trouble::why));
    var found =
        new Sides.Found(
            cache.cluster(cluster).map(ClusterResource::uid),
            names(
                cache.volumes(cluster).values().stream()
                    .flatMap(volume -> volume.trusted().stream())
                    .map(record -> record.member().name())
                    .toList()),
            names(List.copyOf(cache.pods(cluster).keySet())));
    return new Sides(cluster, recorded, found, counted(engine));
  }

  private static Contents own(ClusterRef cluster, Contents contents) {
    return Contents.under(Key.of(cluster), contents.at(), contents.entries());
  }

  private static SortedSet<MemberName> names(List<MemberName> names) {
    return new TreeSet<>(names);
  }

  private static Reading<Set<String>> counted(Reading<EngineReport> engine) {
    return switch (engine) {
      case Reading.Unknown<EngineReport>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<EngineReport>(var report, var at) ->
          new Reading.Known<>(
              report.nodes().stream().map(EngineReport.Node::name).collect(Collectors.toSet()), at);
    };
  }

  /// Makes the store say what a person has said counts. Whatever differs is recorded anew from
  /// volumes and pods, before the next plan for it, if those are to count.
  ///
  /// @return why that is not done; empty once it is
  Optional<String> settle(StopSignal stop, Epoch epoch, Trusted trusted) {
    stop.throwIfStopped();
    return switch (recorded()) {
      case Reading.Unknown<Contents>(var why) -> Optional.of(why);
      case Reading.Known<Contents>(var contents, var at) -> {
        cache.clusters().forEach(rosters::drop);
        yield switch (trusted) {
          case STORE -> Optional.empty();
          case KUBERNETES -> unsign(contents, epoch);
        };
      }
    };
  }

  /// What was recorded of clusters that differ is for no resource any more: it is rebuilt before it
  /// is planned for.
  private Optional<String> unsign(Contents contents, Epoch epoch) {
    return compare(contents, cluster -> new Reading.Unknown<>("it is not asked"))
        .differing()
        .stream()
        .flatMap(cluster -> book.unsign(cluster, epoch, own(cluster, contents)).stream())
        .findFirst();
  }

  /// Everything that is recorded, without the heads, which are the store's own. May block.
  Reading<Contents> contents(InstantSource clock) {
    return switch (book.all()) {
      case StoreReading.Unknown(var why) -> new Reading.Unknown<>(why);
      case StoreReading.Known(var contents) -> {
        var entries = new TreeMap<>(contents.entries());
        entries.keySet().removeIf(MemberBook::isHead);
        yield new Reading.Known<>(new Contents(contents.at(), entries), clock.instant());
      }
    };
  }

  /// Makes the store hold just this of databases. The operators have been told not to act. Once it
  /// has failed, the same again goes on from there. May block.
  Reading<Operator.Restored> restore(
      StopSignal stop, Epoch epoch, SortedMap<Key, String> wanted, Instant now) {
    if (!(book.all() instanceof StoreReading.Known(var contents))) {
      return new Reading.Unknown<>("the store cannot be read");
    }
    var clusters = new TreeMap<ClusterRef, List<Change>>();
    contents.entries().keySet().stream()
        .filter(key -> !MemberBook.isHead(key) && !wanted.containsKey(key))
        .forEach(key -> note(clusters, key, new Change.Delete(key)));
    wanted.forEach((key, value) -> {
      if (contents.entry(key).filter(entry -> entry.value().equals(value)).isEmpty()) {
        note(clusters, key, new Change.Put(key, value));
      }
    });
    for (var each : clusters.entrySet()) {
      stop.throwIfStopped();
      var expected = contents.revision(Key.of(each.getKey()));
      var result = book.commitAll(each.getKey(), epoch, expected, each.getValue());
      rosters.drop(each.getKey());
      if (!(result instanceof CommitResult.Applied)) {
        return new Reading.Unknown<>("%s was not put back: %s".formatted(each.getKey(), result));
      }
    }
    var changes = clusters.values().stream().flatMap(List::stream).toList();
    int removed = (int) changes.stream().filter(Change.Delete.class::isInstance).count();
    var known = wanted.keySet().stream().flatMap(key -> MemberBook.cluster(key).stream());
    return new Reading.Known<>(
        new Operator.Restored((int) known.distinct().count(), changes.size() - removed, removed),
        now);
  }

  private static void note(SortedMap<ClusterRef, List<Change>> clusters, Key key, Change change) {
    MemberBook.cluster(key)
        .ifPresent(
            cluster -> clusters.computeIfAbsent(cluster, it -> new ArrayList<>()).add(change));
  }
}
