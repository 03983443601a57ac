package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.PodView;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Tells members where the others are. Follows the pods' addresses, which change without the pods
/// changing.
///
/// It comes before the first pod, which mounts the list and waits for it.
final class PublishSeeds implements Rule {

  @Override
  public String meaning() {
    return "Tells members where the others are.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    var wanted = wanted(view);
    return view.standing().seeds().filter(wanted::equals).isPresent()
        ? Proposal.NOTHING
        : Proposal.of(new Step.Apply(wanted, Reason.JOINING));
  }

  /// The addresses as the pods have them now.
  static KeptObject.Seeds wanted(ClusterView view) {
    var addresses =
        view.members().stream()
            .flatMap(member -> member.pod().stream())
            .filter(pod -> !pod.isOver())
            .map(PodView::ip)
            .flatMap(ip -> ip.stream())
            .collect(Collectors.toCollection(TreeSet::new));
    return new KeptObject.Seeds(addresses);
  }
}
