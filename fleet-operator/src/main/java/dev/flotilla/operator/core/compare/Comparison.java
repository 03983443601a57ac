package dev.flotilla.operator.core.compare;

import dev.flotilla.operator.core.compare.Difference.Kind;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.model.ClusterRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The store compared with what exists. It says what differs, and never what is right.
///
/// Source: D13 in docs/requirements.md; docs/adr/0028-a-store-that-may-be-wrong.md
///
/// @param clusters how many were compared
/// @param members how many are recorded
/// @param differences by cluster
/// @param silent clusters whose engine could not be asked
public record Comparison(
    int clusters, int members, List<Difference> differences, List<ClusterRef> silent) {

  public Comparison {
    differences = List.copyOf(differences);
    silent = List.copyOf(silent);
  }

  public static Comparison of(List<Sides> clusters) {
    return new Comparison(
        clusters.size(),
        clusters.stream().mapToInt(sides -> sides.recorded().members().size()).sum(),
        clusters.stream().flatMap(sides -> differences(sides).stream()).toList(),
        clusters.stream()
            .filter(sides -> sides.engine() instanceof Reading.Unknown)
            .filter(sides -> !sides.found().pods().isEmpty())
            .map(Sides::cluster)
            .toList());
  }

  /// The clusters that differ in anything.
  public SortedSet<ClusterRef> differing() {
    return differences.stream()
        .map(Difference::cluster)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Difference> differences(Sides sides) {
    var cluster = sides.cluster();
    var recorded = sides.recorded();
    var found = sides.found();
    var differences = new ArrayList<Difference>();
    recorded
        .damage()
        .ifPresent(what -> differences.add(new Difference(cluster, Kind.DAMAGED, what)));
    recorded
        .resource()
        .filter(uid -> !found.resource().equals(recorded.resource()))
        .ifPresent(uid -> differences.add(new Difference(cluster, Kind.OTHER_RESOURCE, uid)));
    var traces = new TreeSet<>(found.volumes());
    traces.addAll(found.pods());
    traces.stream()
        .filter(member -> !recorded.members().contains(member))
        .forEach(
            member -> differences.add(new Difference(cluster, Kind.NOT_RECORDED, member.value())));
    recorded.members().stream()
        .filter(member -> !traces.contains(member))
        .forEach(
            member -> differences.add(new Difference(cluster, Kind.NOT_FOUND, member.value())));
    var known = new TreeSet<String>();
    traces.forEach(member -> known.add(member.value()));
    recorded.members().forEach(member -> known.add(member.value()));
    sides.engine().known().orElse(Set.of()).stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .forEach(name -> differences.add(new Difference(cluster, Kind.ENGINE_ALONE, name)));
    return differences;
  }
}
