package dev.flotilla.operator.kube.read;

import dev.flotilla.crds.v1alpha1.Awareness;
import dev.flotilla.crds.v1alpha1.ComputeSpec;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabaseClusterSpec;
import dev.flotilla.crds.v1alpha1.PoolRole;
import dev.flotilla.crds.v1alpha1.ResourcesSpec;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.core.view.Resources;
import dev.flotilla.operator.core.view.Role;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.ClusterResource.Specification;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Zone;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A `DatabaseCluster` as a [ClusterResource].
///
/// Admission has checked the specification already; it is checked again here because it may have
/// been stored before a rule existed. Source: V1 in docs/requirements.md.
public final class ClusterReader {

  private static final Pattern VERSION = Pattern.compile("[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}");

  /// What fits into a pod's name beside two dashes, a dash and the suffix.
  private static final int MAX_NAMES = 54;

  private static final String DEFAULT_IMAGE = "flotilla.local/elasticsearch:%s";

  private final EngineProfile profile;

  public ClusterReader(EngineProfile profile) {
    this.profile = profile;
  }

  public ClusterResource read(DatabaseCluster cluster) {
    var meta = cluster.getMetadata();
    return new ClusterResource(
        meta.getUid(),
        Optional.ofNullable(meta.getGeneration()).orElse(0L),
        meta.getDeletionTimestamp() != null,
        specification(cluster));
  }

  private Specification specification(DatabaseCluster cluster) {
    if (cluster.getSpec() == null) {
      return new Specification.Illegal("spec is missing: write one");
    }
    try {
      return new Specification.Legal(spec(cluster.getMetadata().getName(), cluster.getSpec()));
    } catch (IllegalSpec e) {
      return new Specification.Illegal(e.words);
    }
  }

  /// Carries the words out of the depth of the parser; never leaves this class.
  private static final class IllegalSpec extends RuntimeException {

    private final String words;

    private IllegalSpec(String words) {
      super(words, null, false, false);
      this.words = words;
    }
  }

  private ClusterSpec spec(String name, DatabaseClusterSpec spec) {
    var engine = spec.engine();
    require(
        VERSION.matcher(engine.version()).matches(),
        "spec.engine.version '%s' is not a version: write three numbers such as 9.5.3",
        engine.version());
    engine.config().keySet().forEach(this::requireOwn);
    var zones = zones(spec.topology().zones());
    var pools = pools(spec.pools());
    int longest =
        name.length()
            + zones.stream().mapToInt(zone -> zone.name().length()).max().orElse(0)
            + pools.stream().mapToInt(pool -> pool.name().value().length()).max().orElse(0);
    require(
        longest <= MAX_NAMES,
        "metadata.name, the longest pool and the longest zone have %s characters together, at most"
            + " 54 fit into the name of a pod: shorten one of them",
        longest);
    return new ClusterSpec(
        engine.version(),
        Optional.ofNullable(engine.image()).orElse(DEFAULT_IMAGE.formatted(engine.version())),
        new TreeMap<>(engine.config()),
        zones,
        spec.topology().awareness() == Awareness.FORCED,
        pools);
  }

  private void requireOwn(String setting) {
    var objection = profile.objectionTo(setting);
    require(
        objection.isEmpty(),
        "spec.engine.config: %s: leave it out",
        objection.orElse("it may not be set"));
  }

  private static List<Zone> zones(List<String> names) {
    var zones = new ArrayList<Zone>();
    for (String name : names) {
      var zone =
          parsed("spec.topology.zones", name, Zone::new, "write it as in the nodes' zone label");
      if (!zones.contains(zone)) {
        zones.add(zone);
      }
    }
    require(
        zones.size() >= ClusterSpec.MIN_ZONES,
        "spec.topology.zones names %s different zones, at least 3 are needed: name three zones that"
            + " have nodes",
        zones.size());
    return zones;
  }

  private static List<PoolSpec> pools(List<dev.flotilla.crds.v1alpha1.PoolSpec> pools) {
    require(!pools.isEmpty(), "spec.pools is empty: add one pool");
    var names = new HashSet<PoolName>();
    var parsed = new ArrayList<PoolSpec>();
    for (int i = 0; i < pools.size(); i++) {
      var pool = pool("spec.pools[%d]".formatted(i), pools.get(i));
      require(
          names.add(pool.name()),
          "spec.pools names %s twice: give each pool a name of its own",
          pool.name());
      parsed.add(pool);
    }
    require(
        parsed.stream().anyMatch(pool -> pool.has(Role.DATA)),
        "spec.pools has no pool with the role Data: give one pool that role");
    require(
        parsed.stream().anyMatch(pool -> pool.has(Role.VOTER)),
        "spec.pools has no pool with the role Voter: give one pool that role");
    return parsed;
  }

  private static PoolSpec pool(String field, dev.flotilla.crds.v1alpha1.PoolSpec pool) {
    var roles = new TreeSet<Role>();
    for (PoolRole role : pool.roles()) {
      roles.add(
          switch (role) {
            case VOTER -> Role.VOTER;
            case DATA -> Role.DATA;
          });
    }
    return new PoolSpec(
        parsed(field + ".name", pool.name(), PoolName::new, "use lower-case letters and digits"),
        roles,
        Optional.ofNullable(pool.instances()).map(OptionalInt::of).orElse(OptionalInt.empty()),
        resources(field + ".resources", pool.resources()),
        quantity(field + ".storage.size", pool.storage().size()),
        Optional.ofNullable(pool.storage().storageClassName()));
  }

  private static Resources resources(String field, @Nullable ResourcesSpec resources) {
    return resources == null
        ? new Resources(new TreeMap<>(), new TreeMap<>())
        : new Resources(
            amounts(field + ".requests", resources.requests()),
            amounts(field + ".limits", resources.limits()));
  }

  private static SortedMap<String, String> amounts(String field, @Nullable ComputeSpec compute) {
    var amounts = new TreeMap<String, String>();
    if (compute != null && compute.cpu() != null) {
      amounts.put("cpu", quantity(field + ".cpu", compute.cpu()));
    }
    if (compute != null && compute.memory() != null) {
      amounts.put("memory", quantity(field + ".memory", compute.memory()));
    }
    return amounts;
  }

  private static String quantity(String field, String text) {
    parsed(field, text, ClusterReader::amount, "write a number with its unit, such as 10Gi");
    return text;
  }

  private static Quantity amount(String text) {
    var quantity = new Quantity(text);
    if (quantity.getNumericalAmount().signum() <= 0) {
      throw new IllegalArgumentException("not more than nothing");
    }
    return quantity;
  }

  private static <T> T parsed(
      String field, String text, Function<String, T> constructor, String remedy) {
    return Refs.legal(text, constructor)
        .orElseThrow(
            () -> new IllegalSpec("%s '%s' is not legal: %s".formatted(field, text, remedy)));
  }

  private static void require(boolean holds, String words, Object... args) {
    if (!holds) {
      throw new IllegalSpec(words.formatted(args));
    }
  }
}
