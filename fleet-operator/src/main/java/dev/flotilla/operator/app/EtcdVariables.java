package dev.flotilla.operator.app;

import dev.flotilla.topology.etcd.EtcdAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where the user's etcd is, and how it is spoken to.
final class EtcdVariables {

  private static final String ENDPOINTS = "FLOTILLA_ETCD_ENDPOINTS";
  private static final String PREFIX = "FLOTILLA_ETCD_PREFIX";
  private static final String CA = "FLOTILLA_ETCD_CA";
  private static final String CERTIFICATE = "FLOTILLA_ETCD_CERT";
  private static final String KEY = "FLOTILLA_ETCD_KEY";

  private EtcdVariables() {}

  static EtcdAddress address(Environment environment) {
    var list = environment.text(ENDPOINTS, "");
    var endpoints =
        Arrays.stream(list.split(",")).map(String::strip).map(it -> endpoint(list, it)).toList();
    var prefix = environment.text(PREFIX, "/flotilla/");
    if (!prefix.matches("/([^/\\s]+/)*")) {
      throw Environment.refused(
          PREFIX, "words between '/', with one at each end, such as /flotilla/", prefix);
    }
    return new EtcdAddress(endpoints, prefix, tls(environment, endpoints));
  }

  private static URI endpoint(String list, String text) {
    try {
      var uri = new URI(text);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getPort() > 0
          && uri.getPath().isEmpty()) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // said below, in the same words as an address of something else
    }
    throw Environment.refused(
        ENDPOINTS, "http(s)://HOST:PORT, or several with commas between them", list);
  }

  private static Optional<EtcdAddress.Tls> tls(Environment environment, List<URI> endpoints) {
    var schemes = endpoints.stream().map(URI::getScheme).distinct().toList();
    if (schemes.size() > 1) {
      throw Environment.refused(ENDPOINTS, "all http or all https", endpoints.toString());
    }
    var authority = environment.file(CA);
    var certificate = environment.file(CERTIFICATE);
    var key = environment.file(KEY);
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "%s and %s must be given together or not at all".formatted(CERTIFICATE, KEY));
    }
    if (schemes.contains("http")) {
      if (authority.isPresent() || key.isPresent()) {
        throw new IllegalArgumentException(
            "%s must be https://… where %s or %s is given".formatted(ENDPOINTS, CA, KEY));
      }
      return Optional.empty();
    }
    var trusted =
        authority.orElseThrow(() ->
            new IllegalArgumentException(
                "%s must name the file with the authority of https endpoints".formatted(CA)));
    return Optional.of(
        new EtcdAddress.Tls(
            trusted, certificate.map(it -> new EtcdAddress.Identity(it, key.orElseThrow()))));
  }
}
