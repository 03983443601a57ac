package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Members of one shape within a cluster.
///
/// @param name unique within the cluster
/// @param roles what the members do; never empty
/// @param instances how many members; absent when the pool's own scale decides
/// @param resources processor and memory of each member
/// @param storage the volume of each member
@ValidationRule(
    value = "self.name.matches('^[a-z][a-z0-9]*$')",
    fieldPath = ".name",
    messageExpression =
        """
        "'" + self.name.replace('\\n', ' ') + "' cannot name a pool: start with a lower-case \
        letter and use only lower-case letters and digits, without '-', so that names of pods can \
        be told apart"\
        """)
@WireForm
public record PoolSpec(
    @Required
        @Size(min = 1, max = 15)
        @JsonPropertyDescription(
            """
            The pool's name, part of its pods' names: at most 15 lower-case letters and digits. A \
            pool cannot be renamed: another name is another pool, and a pool that is left out \
            keeps its members.\
            """)
        String name,
    @Size(min = 1, max = 2)
        @Default("[\"Voter\", \"Data\"]")
        @JsonPropertyDescription(
            """
            What the members do. Voter: they are counted when the cluster elects and decides. \
            Data: they hold shards. If absent, both.\
            """)
        List<PoolRole> roles,
    @Min(1)
        @Max(300)
        @JsonPropertyDescription(
            """
            How many members the pool has, 1 to 300, spread evenly over the zones. If set, this \
            number alone counts. If absent, the pool starts with one member in each zone and is \
            scaled by itself, for example with kubectl scale dbp. Members are added; fewer than \
            there are is held and none is removed.\
            """)
        @Nullable Integer instances,
    @JsonPropertyDescription(
            """
            Processor and memory of each member. Members are restarted for a change, one after the \
            other.\
            """)
        @Nullable ResourcesSpec resources,
    @Required
        @JsonPropertyDescription(
            """
            The volume of each member. Volumes are always kept: when a pod goes, when a pool is \
            scaled and when the DatabaseCluster is deleted.\
            """)
        StorageSpec storage) {

  public PoolSpec {
    name = name == null ? "" : name;
    roles = roles == null || roles.isEmpty() ? List.of(PoolRole.values()) : List.copyOf(roles);
    storage = storage == null ? new StorageSpec("", null) : storage;
  }
}
