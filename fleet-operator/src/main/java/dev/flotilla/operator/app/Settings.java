package dev.flotilla.operator.app;

import dev.flotilla.topology.etcd.EtcdAddress;
import dev.flotilla.topology.store.LeaseName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the process is told by its environment.
///
/// @param namespace the operator's own, where `flotilla-store` is
/// @param instance name of the pod, for events
/// @param httpPort of health and metrics; 0 takes a free one
/// @param apiPort of what can be asked over HTTPS; 0 takes a free one
/// @param store where members are recorded
public record Settings(
    String namespace, String instance, int httpPort, int apiPort, StoreChoice store) {

  private static final int MAX_PORT = 65535;
  private static final String CA = "FLOTILLA_ETCD_CA";
  private static final String CERTIFICATE = "FLOTILLA_ETCD_CERT";
  private static final String KEY = "FLOTILLA_ETCD_KEY";
  private static final String ENDPOINTS = "FLOTILLA_ETCD_ENDPOINTS";
  private static final String PREFIX = "FLOTILLA_ETCD_PREFIX";
  private static final String SITE = "FLOTILLA_SITE";
  private static final String STORE = "FLOTILLA_STORE";

  /// Where members are recorded.
  public sealed interface StoreChoice {

    /// In this process, which rebuilds the records at its start; the newest one acts.
    record Memory() implements StoreChoice {}

    /// In an etcd that the user runs; whoever holds the lease of the site acts.
    record Etcd(EtcdAddress address, LeaseName lease) implements StoreChoice {}
  }

  /// @throws IllegalArgumentException if a variable cannot be used; names it and says what it may
  ///   be
  static Settings of(Map<String, String> environment) {
    return new Settings(
        text(environment, "FLOTILLA_NAMESPACE", "flotilla-system"),
        text(environment, "FLOTILLA_INSTANCE", "operator"),
        port(environment, "FLOTILLA_HTTP_PORT", "8080"),
        port(environment, "FLOTILLA_API_PORT", "8443"),
        store(environment));
  }

  private static StoreChoice store(Map<String, String> environment) {
    var choice = text(environment, STORE, "memory");
    return switch (choice) {
      case "memory" -> new StoreChoice.Memory();
      case "etcd" -> new StoreChoice.Etcd(address(environment), lease(environment));
      default -> throw refused(STORE, "memory or etcd", choice);
    };
  }

  private static LeaseName lease(Map<String, String> environment) {
    var site = text(environment, SITE, "default");
    if (!site.matches("[-a-z0-9._]{1,63}")) {
      throw refused(SITE, "1 to 63 of a-z, 0-9, '-', '.' and '_'", site);
    }
    return LeaseName.ofSite(site);
  }

  private static EtcdAddress address(Map<String, String> environment) {
    var list = text(environment, ENDPOINTS, "");
    var endpoints =
        Arrays.stream(list.split(",")).map(String::strip).map(it -> endpoint(list, it)).toList();
    var prefix = text(environment, PREFIX, "/flotilla/");
    if (!prefix.matches("/([^/\\s]+/)*")) {
      throw refused(PREFIX, "words between '/', with one at each end, such as /flotilla/", prefix);
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
    throw refused(ENDPOINTS, "http(s)://HOST:PORT, or several with commas between them", list);
  }

  private static Optional<EtcdAddress.Tls> tls(
      Map<String, String> environment, List<URI> endpoints) {
    var schemes = endpoints.stream().map(URI::getScheme).distinct().toList();
    if (schemes.size() > 1) {
      throw refused(ENDPOINTS, "all http or all https", endpoints.toString());
    }
    var authority = file(environment, CA);
    var certificate = file(environment, CERTIFICATE);
    var key = file(environment, KEY);
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

  private static Optional<Path> file(Map<String, String> environment, String name) {
    var path = Optional.of(text(environment, name, "")).filter(it -> !it.isEmpty()).map(Path::of);
    if (path.isPresent() && !Files.isReadable(path.get())) {
      throw refused(name, "a file that can be read", path.get().toString());
    }
    return path;
  }

  private static String text(Map<String, String> environment, String name, String otherwise) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .orElse(otherwise);
  }

  private static int port(Map<String, String> environment, String name, String otherwise) {
    var text = text(environment, name, otherwise);
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below, in the same words as a number that is out of range
    }
    throw refused(name, "a number from 0 to 65535", text);
  }

  private static IllegalArgumentException refused(String name, String allowed, String was) {
    return new IllegalArgumentException("%s must be %s, was \"%s\"".formatted(name, allowed, was));
  }
}
