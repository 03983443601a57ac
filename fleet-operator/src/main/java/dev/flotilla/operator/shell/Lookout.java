package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.ClusterResource.Specification;
import dev.flotilla.operator.port.Glance;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import java.util.Optional;

/// Shows what this operator knows of a cluster, without doing anything about it.
///
/// It may be asked at any time and from any thread, also while a pass is at work.
///
/// Source: UX-8 in docs/requirements.md.
public final class Lookout {

  private final KubeCache cache;
  private final Leadership leadership;
  private final Rosters rosters;
  private final Observer observer;
  private final EngineWatch engines;

  Lookout(
      KubeCache cache,
      Leadership leadership,
      Rosters rosters,
      Observer observer,
      EngineWatch engines) {
    this.cache = cache;
    this.leadership = leadership;
    this.rosters = rosters;
    this.observer = observer;
    this.engines = engines;
  }

  /// A cluster as it is. Reads memory only.
  public Glance look(ClusterRef cluster) {
    var resource = cache.cluster(cluster);
    return resource.isEmpty()
        ? new Glance.Absent()
        : blindness(cluster, resource).orElseGet(() -> seen(cluster, resource.get()));
  }

  /// A cluster as it would be if a specification were applied; it need not exist. Of one that does
  /// not, Kubernetes is asked what is left of a former one. May block.
  public Glance suppose(StopSignal stop, ClusterRef cluster, Specification wanted) {
    var resource = cache.cluster(cluster);
    var blindness = blindness(cluster, resource);
    if (blindness.isPresent()) {
      return blindness.get();
    }
    if (resource.isEmpty()) {
      return newcomer(stop, cluster, wanted);
    }
    var now = resource.get();
    return seen(
        cluster, new ClusterResource(now.uid(), now.generation() + 1, now.deletion(), wanted));
  }

  private Optional<Glance> blindness(ClusterRef cluster, Optional<ClusterResource> resource) {
    return switch (leadership.authority()) {
      case Authority.NotActing(var why) -> Optional.of(new Glance.Blind(why));
      case Authority.Acting(var epoch) -> unread(cluster, resource, epoch);
      case Authority.Minding(var epoch, var reason, var why) -> unread(cluster, resource, epoch);
    };
  }

  private Optional<Glance> unread(
      ClusterRef cluster, Optional<ClusterResource> resource, Epoch epoch) {
    return resource
        .filter(it -> it.specification() instanceof Specification.Legal)
        .filter(it -> !rosters.isComplete(cluster, it.uid(), epoch))
        .map(it -> new Glance.Blind("this operator has not looked at the cluster yet"));
  }

  private Glance seen(ClusterRef cluster, ClusterResource resource) {
    return switch (resource.specification()) {
      case Specification.Illegal(var message) -> new Glance.Illegal(message);
      case Specification.Legal(var spec) ->
          new Glance.Seen(observer.observe(cluster, resource, spec, engines));
    };
  }

  private Glance newcomer(StopSignal stop, ClusterRef cluster, Specification wanted) {
    return switch (wanted) {
      case Specification.Illegal(var message) -> new Glance.Illegal(message);
      case Specification.Legal(var spec) -> newcomer(stop, cluster, spec);
    };
  }

  private Glance newcomer(StopSignal stop, ClusterRef cluster, ClusterSpec spec) {
    return switch (rosters.former(stop, cluster)) {
      case Reading.Unknown<Rosters.Former>(var why) -> new Glance.Blind(why);
      case Reading.Known<Rosters.Former>(var former, var at) ->
          new Glance.Seen(observer.imagine(cluster, spec, former));
    };
  }
}
