package dev.flotilla.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a request is called in the metrics: never by the name of an object or a namespace.
class RequestKindTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/namespaces/shop/pods/search-0, get, pods",
    "GET, /api/v1/namespaces/shop/pods?limit=500, list, pods",
    "GET, /api/v1/pods?labelSelector=x&watch=true, watch, pods",
    "GET, /api/v1/pods?labelSelector=watch%3Dtrue, list, pods",
    "GET, /api/v1/nodes/worker, get, nodes",
    "GET, /api/v1/namespaces/shop, get, namespaces",
    "POST, /api/v1/namespaces/shop/pods, create, pods",
    "PATCH, /api/v1/namespaces/shop/pods/search-0, patch, pods",
    "PATCH, /apis/flotilla.dev/v1alpha1/namespaces/shop/databaseclusters/search/status, patch,"
        + " databaseclusters/status",
    "PUT, /apis/apps/v1/namespaces/shop/deployments/web/scale, update, deployments/scale",
    "DELETE, /api/v1/namespaces/shop/pods/search-0, delete, pods",
    "GET, /version, get, other",
    "GET, /apis/flotilla.dev, get, other",
    "GET, /apis/flotilla.dev/v1alpha1, get, other",
    "GET, /, get, other"
  })
  void namesNoObject(String method, URI uri, String verb, String resource) {
    assertThat(RequestKind.of(method, uri)).isEqualTo(new RequestKind(verb, resource));
  }
}
