package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import java.util.stream.Stream;

/// Says who answers at the tenant's address: members whose pod is ready and is not going away.
final class PublishEndpoints implements Rule {

  @Override
  public String meaning() {
    return "Says which members answer at the tenant's address.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    var wanted =
        new KeptObject.Endpoints(
            view.members().stream().flatMap(PublishEndpoints::endpoint).toList());
    var standing = view.standing().endpoints();
    boolean nobodyEver = standing.isEmpty() && wanted.endpoints().isEmpty();
    return nobodyEver || standing.filter(wanted::equals).isPresent()
        ? Proposal.NOTHING
        : Proposal.of(new Step.Apply(wanted, Reason.JOINING));
  }

  private static Stream<KeptObject.Endpoint> endpoint(MemberView member) {
    return member
        .pod()
        .filter(pod -> !pod.isOver() && pod.ip().isPresent() && pod.node().isPresent())
        .map(pod ->
            new KeptObject.Endpoint(
                member.name(),
                pod.ip().orElseThrow(),
                pod.node().orElseThrow(),
                member.zone(),
                member.isReady()))
        .stream();
  }
}
