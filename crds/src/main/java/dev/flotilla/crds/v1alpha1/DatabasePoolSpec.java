package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;

/// To which cluster a pool belongs and how many members it has.
///
/// @param clusterName the `DatabaseCluster` in the same namespace
/// @param instances wanted number of members, 0 to 300
@ValidationRule(
    value = "self.clusterName == oldSelf.clusterName",
    fieldPath = ".clusterName",
    message =
        "cannot be changed, because members belong to one cluster for life: add a pool to the"
            + " other DatabaseCluster")
@ValidationRule(
    value = "self.clusterName.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
    fieldPath = ".clusterName",
    messageExpression =
        """
        "'" + self.clusterName.replace('\\n', ' ') + "' cannot be the name of a \
        DatabaseCluster: write the name as kubectl get databaseclusters prints it"\
        """)
@WireForm
public record DatabasePoolSpec(
    @Required
        @Size(min = 1, max = 52)
        @JsonPropertyDescription(
            "The DatabaseCluster in the same namespace that the pool belongs to.")
        String clusterName,
    @Required
        @SpecReplicas
        @Min(0)
        @Max(300)
        @JsonPropertyDescription(
            """
            How many members are wanted. If the DatabaseCluster gives a number for this pool, that \
            number counts and another one written here is put back; otherwise this is the number \
            to change, for example with kubectl scale.\
            """)
        int instances) {

  public DatabasePoolSpec {
    clusterName = clusterName == null ? "" : clusterName;
  }
}
