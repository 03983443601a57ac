package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.flotilla.crds.v1alpha1.drain.DrainSpec;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the user wants of one database.
///
/// @param engine which engine in which version
/// @param topology over which zones
/// @param pools its members by shape
/// @param volumes what becomes of volumes that no member uses any more; absent to keep them
/// @param drain how members are emptied
@ValidationRule(
    value = "self.pools.exists(p, 'Data' in p.roles)",
    fieldPath = ".pools",
    message = "no pool has the role Data, so no member would hold shards: give one pool that role")
@ValidationRule(
    value =
        """
        self.pools.exists(p, 'Voter' in p.roles && !has(p.instances)) || \
        self.pools.filter(p, 'Voter' in p.roles).map(p, p.instances).sum() >= 3\
        """,
    fieldPath = ".pools",
    message =
        "the pools with the role Voter have fewer than 3 instances together, and two voters decide"
            + " nothing once one is lost: raise instances to 3 or more")
@ValidationRule(
    value = "oldSelf.pools.all(o, self.pools.exists(p, p.name == o.name))",
    fieldPath = ".pools",
    message =
        "a pool cannot be taken out or renamed yet, because its members would have to be emptied"
            + " first: put the pool back under its old name")
@ValidationRule(
    value = "oldSelf.topology.zones.all(z, z in self.topology.zones)",
    fieldPath = ".topology.zones",
    message =
        "a zone cannot be taken out yet, because its members would have to be emptied first: put"
            + " the zone back; adding one is possible")
@WireForm
public record DatabaseClusterSpec(
    @Required
        @JsonPropertyDescription(
            "Which engine runs, in which version, from which image and with which settings.")
        EngineSpec engine,
    @Required @JsonPropertyDescription("Over which zones the members are spread.")
        TopologySpec topology,
    @Required
        @Size(min = 1, max = 8)
        @JsonPropertyDescription(
            """
            The members of the database, grouped by shape, 1 to 8 groups. Together they need at \
            least three voters, and one pool that holds data.\
            """)
        List<PoolSpec> pools,
    @JsonPropertyDescription(
            """
            What becomes of volumes that no member uses any more. If absent, all are kept until a \
            person deletes them.\
            """)
        @Nullable VolumesSpec volumes,
    @Default("{}")
        @JsonPropertyDescription(
            """
            How members are emptied: how long it may take, what is done then, how many go at the \
            same time, and what is done about entries of others that keep data off members.\
            """)
        DrainSpec drain) {

  public DatabaseClusterSpec {
    engine = engine == null ? new EngineSpec(EngineType.ELASTICSEARCH, "", null, Map.of()) : engine;
    topology = topology == null ? new TopologySpec(List.of(), Awareness.FORCED) : topology;
    pools = pools == null ? List.of() : List.copyOf(pools);
    drain = drain == null ? DrainSpec.BUILT_IN : drain;
  }
}
