package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one pool, written by the operator alone.
///
/// @param observedGeneration the generation of the specification that was looked at; 0 for none
/// @param instances members that exist
/// @param readyInstances members that have joined and serve
/// @param selector matches the pool's pods; disruption budgets and autoscalers need it
/// @param summary the cells of `kubectl get`
/// @param conditions by type
@WireForm
public record DatabasePoolStatus(
    @JsonPropertyDescription(
            "The generation of the specification that the rest of the status speaks of.")
        long observedGeneration,
    @StatusReplicas @JsonPropertyDescription("How many members exist.") int instances,
    @JsonPropertyDescription("How many members have joined and serve.") int readyInstances,
    @LabelSelector
        @JsonPropertyDescription(
            "The label selector of the pool's pods, for disruption budgets and autoscalers.")
        String selector,
    @JsonPropertyDescription("The cells of the table that kubectl get prints.")
        @Nullable StatusSummary summary,
    @JsonPropertyDescription("What holds and what does not.") List<Condition> conditions) {

  public DatabasePoolStatus {
    selector = selector == null ? "" : selector;
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
