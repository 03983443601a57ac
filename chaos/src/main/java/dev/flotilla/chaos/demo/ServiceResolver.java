package dev.flotilla.chaos.demo;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;

/// Turns a service's name into the addresses of those that are ready behind it.
///
/// Inside the cluster, cluster DNS and kube-proxy do that. This machine has neither, but it has a
/// route to the pods; so it reads the same EndpointSlices themselves. Whoever is first in the
/// answer changes from call to call.
final class ServiceResolver implements DnsResolver {

  private final KubernetesClient client;
  private final AtomicInteger turn = new AtomicInteger();

  ServiceResolver(KubernetesClient client) {
    this.client = client;
  }

  /// @param host `SERVICE.NAMESPACE.svc`
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    String[] parts = host.split("\\.");
    if (parts.length != 3 || !parts[2].equals("svc")) {
      throw new UnknownHostException(host + " is not the name of a service");
    }
    List<String> ready = new ArrayList<>(ready(parts[1], parts[0]));
    if (ready.isEmpty()) {
      throw new UnknownHostException("nobody is ready behind " + host);
    }
    Collections.rotate(ready, turn.getAndIncrement());
    InetAddress[] addresses = new InetAddress[ready.size()];
    for (int i = 0; i < addresses.length; i++) {
      // The name goes along: it is what the certificate is held against.
      addresses[i] =
          InetAddress.getByAddress(host, InetAddress.getByName(ready.get(i)).getAddress());
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /// Addresses that are ready now, sorted.
  List<String> ready(String namespace, String service) {
    return client
        .discovery()
        .v1()
        .endpointSlices()
        .inNamespace(namespace)
        .withLabel("kubernetes.io/service-name", service)
        .list()
        .getItems()
        .stream()
        .map(EndpointSlice::getEndpoints)
        // Null as long as there are none.
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .filter(ServiceResolver::isReady)
        .flatMap(endpoint -> endpoint.getAddresses().stream())
        .sorted()
        .toList();
  }

  private static boolean isReady(Endpoint endpoint) {
    return endpoint.getConditions() != null
        && Boolean.TRUE.equals(endpoint.getConditions().getReady());
  }
}
