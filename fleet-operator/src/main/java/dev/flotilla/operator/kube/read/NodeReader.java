package dev.flotilla.operator.kube.read;

import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.topology.model.Zone;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A Kubernetes node as a [NodeView].
public final class NodeReader {

  private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";
  private static final String NO_EXECUTE = "NoExecute";
  private static final String NO_SCHEDULE = "NoSchedule";

  /// The taints that members tolerate, see [dev.flotilla.operator.kube.render.Pods].
  private static final Set<String> TOLERATED =
      Set.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

  private NodeReader() {}

  /// @param hostname its host name label, by which volumes name it
  public record NodeFacts(NodeView view, String hostname) {}

  public static NodeFacts read(Node node) {
    var meta = node.getMetadata();
    var spec = Optional.ofNullable(node.getSpec());
    var taints = spec.map(NodeSpec::getTaints).orElse(List.of());
    boolean cordoned = spec.map(NodeSpec::getUnschedulable).orElse(false);
    var view =
        new NodeView(
            meta.getName(),
            Refs.label(meta, Labels.NODE_ZONE).flatMap(name -> Refs.legal(name, Zone::new)),
            isReady(node),
            !cordoned && taints.stream().noneMatch(NodeReader::keepsAway),
            taints.stream().anyMatch(taint -> OUT_OF_SERVICE.equals(taint.getKey())));
    return new NodeFacts(view, Refs.label(meta, Labels.NODE_HOSTNAME).orElse(meta.getName()));
  }

  private static boolean isReady(Node node) {
    return Stream.ofNullable(node.getStatus())
        .map(status -> Refs.list(status.getConditions()))
        .flatMap(List::stream)
        .anyMatch(condition ->
            "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
  }

  private static boolean keepsAway(Taint taint) {
    return NO_SCHEDULE.equals(taint.getEffect())
        || (NO_EXECUTE.equals(taint.getEffect()) && !TOLERATED.contains(taint.getKey()));
  }
}
