package dev.flotilla.operator.core.plan;

import dev.flotilla.operator.core.address.PublishEndpoints;
import dev.flotilla.operator.core.drain.DrainRules;
import dev.flotilla.operator.core.roll.RollMembers;
import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.rule.Rules;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.volume.VolumeRules;
import java.util.List;
import java.util.stream.Stream;

/// Every rule, in the order in which its steps are carried out.
public final class Agenda {

  /// For a cluster that shall exist: repair and growth come before anybody leaves, and whoever
  /// stays is restarted last.
  public static final List<Rule> KEEPING =
      Stream.of(
              Rules.KEEPING,
              List.<Rule>of(new PublishEndpoints()),
              Rules.REPORTING,
              VolumeRules.KEEPING,
              DrainRules.ALL,
              List.<Rule>of(new RollMembers()))
          .flatMap(List::stream)
          .toList();

  /// For a cluster whose resource is being deleted.
  public static final List<Rule> DELETING =
      Stream.of(VolumeRules.DELETING, Rules.DELETING).flatMap(List::stream).toList();

  /// For a cluster whose deletion nobody has confirmed.
  public static final List<Rule> SPARING =
      Stream.of(Rules.SPARING, List.<Rule>of(new PublishEndpoints()))
          .flatMap(List::stream)
          .toList();

  private Agenda() {}

  /// What is asked about a cluster.
  static List<Rule> of(ClusterView view) {
    if (view.isKeptFromDeletion()) {
      return SPARING;
    }
    return view.isToEnd() ? DELETING : KEEPING;
  }
}
