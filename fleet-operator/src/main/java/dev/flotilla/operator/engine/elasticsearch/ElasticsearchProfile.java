package dev.flotilla.operator.engine.elasticsearch;

import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Role;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.Zone;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How Elasticsearch 9 is configured and started, in the official image or in any that behaves like
/// it: uid 1000, everything in `/usr/share/elasticsearch`, settings also from `ES_SETTING_…`.
///
/// Source: docs/adr/0010-elasticsearch-settings.md
public final class ElasticsearchProfile implements EngineProfile {

  static final int HTTP_PORT = 9200;
  static final int TRANSPORT_PORT = 9300;

  /// Open only while the engine is part of a cluster that has an elected voter, so it tells more
  /// than port 9200, which also answers beside a lost majority.
  static final int READINESS_PORT = 8080;

  private static final String HOME = "/usr/share/elasticsearch";
  private static final String MOUNTS = "/mnt/flotilla";

  /// Not the image's own folder: mounting an empty one over that would hide the defaults that the
  /// prepare command copies.
  private static final String CONFIG_PATH = MOUNTS + "/etc";

  private static final String SETTINGS_FILE = "elasticsearch.yml";
  private static final String LOGGING_FILE = "log4j2.properties";
  private static final String SEED_FILE = "unicast_hosts.txt";
  private static final List<String> LOGIN_FILES =
      List.of(TenantFiles.USERS, TenantFiles.USERS_ROLES);
  private static final List<String> TLS_FILES = List.of("tls.key", "tls.crt", "ca.crt");

  /// What a setting's name may look like; affixes may be names of people's own.
  private static final Pattern SETTING = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private static final int MAX_NAME = 255;
  private static final int SHOWN = 64;

  private static final SortedSet<String> OWNED =
      Collections.unmodifiableSortedSet(
          new TreeSet<>(
              List.of(
                  "cluster.auto_shrink_voting_configuration",
                  "cluster.initial_master_nodes",
                  "cluster.name",
                  "cluster.routing.allocation.awareness",
                  "cluster.routing.allocation.exclude",
                  "cluster.routing.allocation.include",
                  "cluster.routing.allocation.require",
                  "discovery",
                  "http",
                  "network",
                  "node.attr.zone",
                  "node.name",
                  "node.roles",
                  "path",
                  "readiness",
                  "transport",
                  "xpack.security")));

  /// Console only: the root file system is read-only, and Kubernetes keeps what a container prints.
  private static final String LOGGING =
      """
      status = error

      appender.console.type = Console
      appender.console.name = console
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] [%node_name]%marker %m%n

      rootLogger.level = info
      rootLogger.appenderRef.console.ref = console
      """;

  @Override
  public boolean emptiesMembers() {
    return true;
  }

  @Override
  public SortedSet<String> ownedSettings() {
    return OWNED;
  }

  @Override
  public Optional<String> objectionTo(String setting) {
    if (setting.length() > MAX_NAME || !SETTING.matcher(setting).matches()) {
      return Optional.of(
          Yaml.quoted(setting.substring(0, Math.min(setting.length(), SHOWN)))
              + " is not the name of a setting");
    }
    return OWNED.stream()
        .filter(owned -> setting.equals(owned) || setting.startsWith(owned + "."))
        .findFirst()
        .map(owned -> setting + " is set by the operator, which owns " + owned);
  }

  @Override
  public ClusterView.Blueprint blueprint(ClusterRef cluster, ClusterSpec spec) {
    var settings = new LinkedHashMap<>(identity(cluster));
    settings.putAll(awareness(spec));
    settings.putAll(network());
    settings.putAll(security());
    spec.config().entrySet().stream()
        .filter(entry -> objectionTo(entry.getKey()).isEmpty())
        .forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
    var text =
        settings.entrySet().stream()
            .map(entry -> Yaml.line(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    var files = new TreeMap<String, String>();
    files.put(SETTINGS_FILE, text);
    files.put(LOGGING_FILE, LOGGING);
    return new ClusterView.Blueprint(files);
  }

  private static Map<String, String> identity(ClusterRef cluster) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("cluster.name", cluster.namespace() + "." + cluster.name());
    settings.put("node.name", "${POD_NAME}");
    settings.put("node.attr.zone", "${ZONE}");
    return settings;
  }

  private static Map<String, String> awareness(ClusterSpec spec) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("cluster.routing.allocation.awareness.attributes", "zone");
    if (spec.forcedAwareness()) {
      settings.put(
          "cluster.routing.allocation.awareness.force.zone.values",
          spec.zones().stream().map(Zone::name).collect(Collectors.joining(",")));
    }
    return settings;
  }

  private static Map<String, String> network() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("network.host", "0.0.0.0");
    settings.put("network.publish_host", "${POD_IP}");
    settings.put("http.port", String.valueOf(HTTP_PORT));
    settings.put("transport.port", String.valueOf(TRANSPORT_PORT));
    settings.put("readiness.port", String.valueOf(READINESS_PORT));
    settings.put("discovery.seed_providers", "file");
    return settings;
  }

  /// TLS on both layers, and log-ins from files alone, so that logging in never depends on the
  /// health of an index.
  private static Map<String, String> security() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("xpack.security.enabled", "true");
    settings.put("xpack.security.authc.realms.file.file.order", "0");
    settings.put("xpack.security.authc.realms.native.native.enabled", "false");
    settings.put("xpack.security.authc.realms.native.native.order", "1");
    settings.put("xpack.security.authc.reserved_realm.enabled", "false");
    settings.putAll(tls("xpack.security.http.ssl"));
    settings.putAll(tls("xpack.security.transport.ssl"));
    // Members find each other by address, and addresses change while a certificate stays: `full`
    // would want every address in it. The authority is the tenant's own, so whoever shows a
    // certificate of it is a member.
    settings.put("xpack.security.transport.ssl.verification_mode", "certificate");
    return settings;
  }

  private static Map<String, String> tls(String layer) {
    var settings = new LinkedHashMap<String, String>();
    settings.put(layer + ".enabled", "true");
    settings.put(layer + ".key", "tls.key");
    settings.put(layer + ".certificate", "tls.crt");
    settings.put(layer + ".certificate_authorities", "ca.crt");
    return settings;
  }

  @Override
  public SeedFile seeds(SortedSet<String> addresses) {
    var lines =
        addresses.stream()
            .map(address -> address.contains(":") ? "[" + address + "]" : address)
            .map(address -> address + ":" + TRANSPORT_PORT + "\n")
            .collect(Collectors.joining());
    return new SeedFile(SEED_FILE, lines);
  }

  @Override
  public Container container(PodDraft pod) {
    return new Container(
        List.of("/bin/sh", "-ec", PREPARE),
        List.of(),
        environment(pod),
        new TreeMap<>(
            Map.of("http", HTTP_PORT, "transport", TRANSPORT_PORT, "readiness", READINESS_PORT)),
        Optional.of(READINESS_PORT),
        List.of(),
        HOME + "/data",
        CONFIG_PATH,
        List.of("/tmp", HOME + "/logs"),
        LOGIN_FILES);
  }

  /// What differs between members. Settings go in as `ES_SETTING_…`, because a shell on the way
  /// drops variables with a dot in their name.
  private static SortedMap<String, String> environment(PodDraft pod) {
    var env = new TreeMap<String, String>();
    env.put("ES_PATH_CONF", CONFIG_PATH);
    env.put("POD_NAME", pod.member().name().value());
    env.put("ZONE", pod.member().zone().name());
    env.put("ES_SETTING_NODE_ROLES", roles(pod.template().roles()));
    if (!pod.founders().isEmpty()) {
      env.put(
          "ES_SETTING_CLUSTER_INITIAL__MASTER__NODES",
          pod.founders().stream().map(MemberName::value).collect(Collectors.joining(",")));
    }
    return env;
  }

  private static String roles(SortedSet<Role> roles) {
    return roles.stream()
        .map(role ->
            switch (role) {
              case VOTER -> "master";
              case DATA -> "data,ingest,remote_cluster_client,transform";
            })
        .collect(Collectors.joining(","));
  }

  /// Fills the configuration folder: the image's defaults, the settings as they are now, and links
  /// to what shall be followed while the engine runs.
  ///
  /// It is repeated when the pod's sandbox is made anew, for example after a reboot of the
  /// Kubernetes node, and must not bring newer settings into a pod then; hence the marker.
  private static final String PREPARE =
      """
      conf=%s
      from=%s
      [ ! -e $conf/.prepared ] || exit 0
      cp -R %s/config/. $conf/
      for file in %s; do cp -fL $from/config/$file $conf/; done
      for file in %s; do ln -sf $from/tls/$file $conf/; done
      for file in %s; do ln -sf $from/login/$file $conf/; done
      ln -sf $from/seeds/%s $conf/
      : > $conf/.prepared
      """
          .formatted(
              CONFIG_PATH,
              MOUNTS,
              HOME,
              String.join(" ", SETTINGS_FILE, LOGGING_FILE),
              String.join(" ", TLS_FILES),
              String.join(" ", LOGIN_FILES),
              SEED_FILE);

  @Override
  public int clientPort() {
    return HTTP_PORT;
  }
}
