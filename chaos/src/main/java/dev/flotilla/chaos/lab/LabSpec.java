package dev.flotilla.chaos.lab;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a local cluster shall consist of.
///
/// @param number which of the clusters on this machine, 0 to 15; from [#FIRST_CONTROL_PLANE] to 119
///   for control planes without nodes
/// @param zones names of the zones, each at most six letters or digits; empty for a control plane
///   alone
/// @param nodesPerZone at least 1
public record LabSpec(int number, List<String> zones, int nodesPerZone) {

  /// Numbers from here on are control planes without nodes, which tests start for themselves.
  static final int FIRST_CONTROL_PLANE = 100;

  static final int LAST_CONTROL_PLANE = 119;
  private static final int CLUSTERS = 16;
  private static final int MOST_NODES = 15;
  // The name of a network link has at most 15 characters, and ours put "fl15-u-" before a zone.
  private static final Pattern ZONE = Pattern.compile("[a-z0-9]{1,6}");

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException with a sentence for the user
  public LabSpec {
    zones = List.copyOf(zones);
    if (zones.isEmpty()
        ? number < FIRST_CONTROL_PLANE || number > LAST_CONTROL_PLANE
        : number < 0 || number >= CLUSTERS) {
      throw new IllegalArgumentException("clusters are numbered 0 to " + (CLUSTERS - 1));
    }
    zones.stream()
        .filter(zone -> !ZONE.matcher(zone).matches())
        .findFirst()
        .ifPresent(zone -> {
          throw new IllegalArgumentException(
              "zone '" + zone + "' is not one to six lower-case letters or digits");
        });
    if (Set.copyOf(zones).size() != zones.size()) {
      throw new IllegalArgumentException("a zone is named twice");
    }
    if (nodesPerZone < 1 || zones.size() * nodesPerZone > MOST_NODES) {
      throw new IllegalArgumentException("a cluster has 1 to " + MOST_NODES + " nodes");
    }
  }

  /// Three zones with two nodes each.
  public static LabSpec standard(int number) {
    return new LabSpec(number, List.of("a", "b", "c"), 2);
  }

  static LabSpec controlPlane(int number) {
    return new LabSpec(number, List.of(), 1);
  }

  /// How many nodes all zones have together.
  public int nodes() {
    return zones.size() * nodesPerZone;
  }
}
