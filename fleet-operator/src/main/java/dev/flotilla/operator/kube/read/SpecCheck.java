package dev.flotilla.operator.kube.read;

import dev.flotilla.crds.v1alpha1.ComputeSpec;
import dev.flotilla.crds.v1alpha1.DatabaseClusterSpec;
import dev.flotilla.crds.v1alpha1.EngineSpec;
import dev.flotilla.crds.v1alpha1.PoolRole;
import dev.flotilla.crds.v1alpha1.PoolSpec;
import dev.flotilla.crds.v1alpha1.ResourcesSpec;
import dev.flotilla.crds.v1alpha1.drain.DrainSpec;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Zone;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is wrong with a specification, in the order of its fields: each problem names the field and
/// the remedy.
///
/// Admission checks the same. What is checked here may have been stored before admission did.
/// Source: V1 in docs/requirements.md.
final class SpecCheck {

  private static final int MIN_VOTERS = 3;
  private static final int MAX_SETTING = 256;
  private static final Pattern SETTING =
      Pattern.compile("[A-Za-z0-9_]([-A-Za-z0-9_.]*[A-Za-z0-9_])?");
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}");

  /// What fits into a pod's name beside three dashes and six characters.
  private static final int MAX_NAMES = 54;

  private final EngineProfile profile;
  private final List<String> problems = new ArrayList<>();

  private SpecCheck(EngineProfile profile) {
    this.profile = profile;
  }

  /// @return empty if the specification is legal
  static List<String> problems(EngineProfile profile, String name, DatabaseClusterSpec spec) {
    var check = new SpecCheck(profile);
    check.engine(spec.engine());
    check.zones(spec.topology().zones());
    check.pools(spec.pools());
    check.drain(spec.drain());
    check.names(name, spec);
    return check.problems;
  }

  private void engine(EngineSpec engine) {
    require(
        VERSION.matcher(engine.version()).matches(),
        "spec.engine.version '%s' is not a version: write three numbers such as 9.5.3",
        engine.version());
    for (String setting : engine.config().keySet()) {
      require(
          setting.length() <= MAX_SETTING && SETTING.matcher(setting).matches(),
          "spec.engine.config holds a key that no setting has: write each key as in the engine's"
              + " own configuration file");
      profile
          .objectionTo(setting)
          .ifPresent(why -> require(false, "spec.engine.config: %s: leave it out", why));
    }
  }

  private void zones(List<String> zones) {
    zones.forEach(zone ->
        legal("spec.topology.zones", zone, Zone::new, "write it as in the nodes' zone label"));
    long different = zones.stream().distinct().count();
    require(
        different >= ClusterSpec.MIN_ZONES,
        "spec.topology.zones names %s different zones, at least %s are needed: name zones that have"
            + " nodes",
        different,
        ClusterSpec.MIN_ZONES);
  }

  private void pools(List<PoolSpec> pools) {
    var names = new HashSet<String>();
    for (int i = 0; i < pools.size(); i++) {
      var pool = pools.get(i);
      pool("spec.pools[%d]".formatted(i), pool);
      require(
          names.add(pool.name()),
          "spec.pools names %s twice: give each pool a name of its own",
          pool.name());
    }
    for (PoolRole role : PoolRole.values()) {
      require(
          pools.stream().anyMatch(pool -> pool.roles().contains(role)),
          "spec.pools has no pool with the role %s: give one pool that role",
          role.name().charAt(0) + role.name().substring(1).toLowerCase(Locale.ROOT));
    }
    var voting = pools.stream().filter(pool -> pool.roles().contains(PoolRole.VOTER)).toList();
    var counts = voting.stream().map(PoolSpec::instances).toList();
    require(
        voting.isEmpty()
            || counts.contains(null)
            || counts.stream().mapToInt(Integer::intValue).sum() >= MIN_VOTERS,
        "spec.pools has fewer than %s instances with the role Voter: raise instances to %s or more",
        MIN_VOTERS,
        MIN_VOTERS);
  }

  private void drain(DrainSpec drain) {
    within(
        "spec.drain.timeoutSeconds",
        drain.timeoutSeconds(),
        DrainSpec.MIN_TIMEOUT_SECONDS,
        DrainSpec.MAX_TIMEOUT_SECONDS);
    within(
        "spec.drain.maxConcurrentDrains", drain.maxConcurrentDrains(), 1, DrainSpec.MOST_TOGETHER);
  }

  private void within(String field, int value, int least, int most) {
    require(value >= least && value <= most, "%s is %s: write %s to %s", field, value, least, most);
  }

  private void pool(String field, PoolSpec pool) {
    legal(field + ".name", pool.name(), PoolName::new, "use lower-case letters and digits");
    resources(field + ".resources", pool.resources());
    amount(field + ".storage.size", pool.storage().size());
  }

  private void resources(String field, @Nullable ResourcesSpec resources) {
    if (resources != null) {
      compute(field + ".requests", resources.requests());
      compute(field + ".limits", resources.limits());
    }
  }

  private void compute(String field, @Nullable ComputeSpec compute) {
    if (compute != null && compute.cpu() != null) {
      amount(field + ".cpu", compute.cpu());
    }
    if (compute != null && compute.memory() != null) {
      amount(field + ".memory", compute.memory());
    }
  }

  private void amount(String field, String text) {
    legal(field, text, SpecCheck::quantity, "write a number with its unit, such as 10Gi");
  }

  private static Quantity quantity(String text) {
    var quantity = new Quantity(text);
    if (quantity.getNumericalAmount().signum() <= 0) {
      throw new IllegalArgumentException("not more than nothing");
    }
    return quantity;
  }

  private void names(String name, DatabaseClusterSpec spec) {
    int longestZone = longest(spec.topology().zones());
    int longestPool = longest(spec.pools().stream().map(PoolSpec::name).toList());
    int sum = name.length() + longestPool + longestZone;
    require(
        sum <= MAX_NAMES,
        "metadata.name, the longest pool and the longest zone have %s characters together, at most"
            + " %s fit into the name of a pod: shorten one of them",
        sum,
        MAX_NAMES);
  }

  private static int longest(List<String> names) {
    return names.stream().mapToInt(String::length).max().orElse(0);
  }

  private void legal(String field, String text, Function<String, ?> constructor, String remedy) {
    require(
        Refs.legal(text, constructor).isPresent(), "%s '%s' is not legal: %s", field, text, remedy);
  }

  private void require(boolean holds, String words, Object... args) {
    if (!holds) {
      problems.add(words.formatted(args));
    }
  }
}
