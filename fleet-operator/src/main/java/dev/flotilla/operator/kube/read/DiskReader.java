package dev.flotilla.operator.kube.read;

import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.topology.model.Zone;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.VolumeNodeAffinity;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Where a persistent volume lies.
///
/// Its node affinity says so, in the words of whoever made it: the zone label of nodes, a zone key
/// of the driver's own (`topology.ebs.csi.aws.com/zone`), or one node's host name. Older ones carry
/// the zone as a label only.
public final class DiskReader {

  private DiskReader() {}

  /// @param zone that the volume names; empty if it names none
  /// @param hostname of the one node it is pinned to
  public record Disk(Optional<Zone> zone, Optional<String> hostname) {}

  public static Disk read(PersistentVolume volume) {
    var affinity = affinity(volume);
    var zone =
        only(affinity, key -> key.endsWith("/zone"))
            .or(() -> Refs.label(volume.getMetadata(), Labels.NODE_ZONE));
    return new Disk(
        zone.flatMap(name -> Refs.legal(name, Zone::new)),
        only(affinity, Labels.NODE_HOSTNAME::equals));
  }

  private static List<NodeSelectorRequirement> affinity(PersistentVolume volume) {
    return Stream.ofNullable(volume.getSpec())
        .flatMap(spec -> Stream.ofNullable(spec.getNodeAffinity()))
        .map(VolumeNodeAffinity::getRequired)
        .flatMap(Stream::ofNullable)
        .map(required -> Refs.list(required.getNodeSelectorTerms()))
        .flatMap(List::stream)
        .map(term -> Refs.list(term.getMatchExpressions()))
        .flatMap(List::stream)
        .toList();
  }

  /// The one value that an affinity allows for a key; several values pin to none of them.
  private static Optional<String> only(
      List<NodeSelectorRequirement> affinity, Predicate<String> key) {
    var values =
        affinity.stream()
            .filter(term -> key.test(term.getKey()) && "In".equals(term.getOperator()))
            .flatMap(term -> Refs.list(term.getValues()).stream())
            .distinct()
            .toList();
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }
}
