package dev.flotilla.operator.kube.read;

import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.kube.render.KeptObjects;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.kube.render.LeavingWords;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Zone;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Kept objects as they stand: the inverse of [KeptObjects].
///
/// Only the fields that the operator owns count, so that what somebody adds is no difference. An
/// object in which one of them is missing or changed reads as empty, and so is applied again.
public final class KeptReader {

  private final EngineProfile profile;

  public KeptReader(EngineProfile profile) {
    this.profile = profile;
  }

  /// A ConfigMap of a cluster: its settings or its list of addresses.
  public Optional<KeptObject> configMap(ClusterRef cluster, ConfigMap map) {
    var name = map.getMetadata().getName();
    if (name.equals(Labels.configName(cluster))) {
      return Optional.of(new KeptObject.Config(new TreeMap<>(ours(map))));
    }
    return name.equals(Labels.seedsName(cluster)) ? seeds(map) : Optional.empty();
  }

  private Optional<KeptObject> seeds(ConfigMap map) {
    var addresses = new TreeSet<String>();
    for (String address :
        Refs.annotation(map.getMetadata(), Labels.ADDRESSES).orElse("").split(",")) {
      if (!address.isEmpty()) {
        addresses.add(address);
      }
    }
    var file = profile.seeds(addresses);
    return ours(map).equals(Map.of(file.name(), file.content()))
        ? Optional.of(new KeptObject.Seeds(addresses))
        : Optional.empty();
  }

  private static Map<String, String> ours(ConfigMap map) {
    var data = Optional.ofNullable(map.getData()).orElse(Map.of());
    return Fields.ours(map.getMetadata(), "data", data);
  }

  public Optional<KeptObject> service(Service service) {
    return Optional.ofNullable(service.getSpec())
        .filter(spec -> "ClusterIP".equals(spec.getType()))
        .filter(KeptReader::hasNoSelector)
        .filter(spec -> Refs.list(spec.getPorts()).stream().anyMatch(this::isClientPort))
        .map(spec -> new KeptObject.ClientService());
  }

  private static boolean hasNoSelector(ServiceSpec spec) {
    return spec.getSelector() == null || spec.getSelector().isEmpty();
  }

  private boolean isClientPort(ServicePort port) {
    return KeptObjects.PORT.equals(port.getName())
        && "TCP".equals(port.getProtocol())
        && Integer.valueOf(profile.clientPort()).equals(port.getPort())
        && new IntOrString(profile.clientPort()).equals(port.getTargetPort());
  }

  public Optional<KeptObject> endpoints(EndpointSlice slice) {
    boolean portStands =
        Refs.list(slice.getPorts()).stream()
            .anyMatch(port ->
                KeptObjects.PORT.equals(port.getName())
                    && Integer.valueOf(profile.clientPort()).equals(port.getPort()));
    var leaving =
        LeavingWords.read(Refs.annotation(slice.getMetadata(), Labels.LEAVING).orElse(""));
    var endpoints =
        Refs.list(slice.getEndpoints()).stream()
            .map(endpoint -> leaving.flatMap(since -> endpoint(endpoint, since)))
            .toList();
    return portStands && leaving.isPresent() && endpoints.stream().allMatch(Optional::isPresent)
        ? Optional.of(new KeptObject.Endpoints(endpoints.stream().map(Optional::get).toList()))
        : Optional.empty();
  }

  /// @param leaving since when whom is left; it has to agree with the conditions
  private static Optional<KeptObject.Endpoint> endpoint(
      Endpoint endpoint, Map<MemberName, Instant> leaving) {
    var member =
        Optional.ofNullable(endpoint.getTargetRef())
            .map(ObjectReference::getName)
            .flatMap(name -> Refs.legal(name, MemberName::new));
    var zone = Optional.ofNullable(endpoint.getZone()).flatMap(name -> Refs.legal(name, Zone::new));
    var node = Optional.ofNullable(endpoint.getNodeName());
    boolean isWhole =
        member.isPresent()
            && zone.isPresent()
            && node.isPresent()
            && endpoint.getConditions() != null
            && Refs.list(endpoint.getAddresses()).size() == 1;
    return isWhole
        ? Optional.of(
                new KeptObject.Endpoint(
                    member.get(),
                    Refs.list(endpoint.getAddresses()).getFirst(),
                    node.get(),
                    zone.get(),
                    Boolean.TRUE.equals(endpoint.getConditions().getServing()),
                    Optional.ofNullable(leaving.get(member.get()))))
            .filter(read -> says(endpoint.getConditions(), read))
        : Optional.empty();
  }

  private static boolean says(EndpointConditions conditions, KeptObject.Endpoint read) {
    return Boolean.valueOf(read.ready()).equals(conditions.getReady())
        && Boolean.valueOf(read.leaving().isPresent()).equals(conditions.getTerminating());
  }

  public Optional<KeptObject.Budget> budget(
      ClusterRef cluster, PoolName pool, PodDisruptionBudget budget) {
    var spec = Optional.ofNullable(budget.getSpec());
    var selector =
        spec.map(PodDisruptionBudgetSpec::getSelector)
            .filter(it -> Refs.list(it.getMatchExpressions()).isEmpty())
            .map(LabelSelector::getMatchLabels);
    return spec.map(PodDisruptionBudgetSpec::getMaxUnavailable)
        .flatMap(max -> Optional.ofNullable(max.getIntVal()))
        .filter(max -> selector.equals(Optional.of(Labels.podsOf(cluster, pool))))
        .map(max -> new KeptObject.Budget(pool, max));
  }
}
