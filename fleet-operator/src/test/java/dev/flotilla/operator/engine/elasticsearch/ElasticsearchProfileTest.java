package dev.flotilla.operator.engine.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.flotilla.operator.core.view.Role;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElasticsearchProfileTest {

  private final ElasticsearchProfile profile = new ElasticsearchProfile();

  @Test
  void theSettingsOfAnOrdinaryCluster() {
    var spec = Shop.spec(Map.of("indices.recovery.max_bytes_per_sec", "40mb"), true);

    assertThat(profile.blueprint(Shop.SEARCH, spec).files().get("elasticsearch.yml"))
        .isEqualTo(
            """
            "cluster.name": "shop.search"
            "node.name": "${POD_NAME}"
            "node.attr.zone": "${ZONE}"
            "cluster.routing.allocation.awareness.attributes": "zone"
            "cluster.routing.allocation.awareness.force.zone.values": "a,b,c"
            "network.host": "0.0.0.0"
            "network.publish_host": "${POD_IP}"
            "http.port": "9200"
            "transport.port": "9300"
            "readiness.port": "8080"
            "discovery.seed_providers": "file"
            "xpack.security.enabled": "true"
            "xpack.security.authc.realms.file.file.order": "0"
            "xpack.security.authc.realms.native.native.enabled": "false"
            "xpack.security.authc.realms.native.native.order": "1"
            "xpack.security.authc.reserved_realm.enabled": "false"
            "xpack.security.http.ssl.enabled": "true"
            "xpack.security.http.ssl.key": "tls.key"
            "xpack.security.http.ssl.certificate": "tls.crt"
            "xpack.security.http.ssl.certificate_authorities": "ca.crt"
            "xpack.security.transport.ssl.enabled": "true"
            "xpack.security.transport.ssl.key": "tls.key"
            "xpack.security.transport.ssl.certificate": "tls.crt"
            "xpack.security.transport.ssl.certificate_authorities": "ca.crt"
            "xpack.security.transport.ssl.verification_mode": "certificate"
            "indices.recovery.max_bytes_per_sec": "40mb"
            """);
  }

  @Test
  void withoutForceALostZonesCopiesMayPileUpElsewhere() throws Exception {
    assertThat(settings(Map.of(), false))
        .containsEntry("cluster.routing.allocation.awareness.attributes", "zone")
        .doesNotContainKey("cluster.routing.allocation.awareness.force.zone.values");
  }

  @Test
  void whatTheOperatorOwnsCannotBeSetByTheUser() throws Exception {
    var meddling =
        Map.of(
            "xpack.security.enabled", "false",
            "xpack.security.authc.anonymous.roles", "superuser",
            "discovery.seed_hosts", "elsewhere",
            "cluster.initial_master_nodes", "me",
            "node.attr.zone", "moon",
            "path.data", "/tmp",
            "node.attr.rack", "r1");

    assertThat(settings(meddling, true))
        .containsAllEntriesOf(settings(Map.of("node.attr.rack", "r1"), true))
        .hasSameSizeAs(settings(Map.of("node.attr.rack", "r1"), true));
    assertThat(meddling.keySet())
        .filteredOn(key -> profile.objectionTo(key).isEmpty())
        .containsExactly("node.attr.rack");
  }

  /// Whatever decides about finding each other, files, addresses, zones and where data may lie.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster.name",
        "cluster.initial_master_nodes",
        "cluster.auto_shrink_voting_configuration",
        "cluster.routing.allocation.awareness.attributes",
        "cluster.routing.allocation.awareness.force.zone.values",
        "cluster.routing.allocation.exclude._name",
        "cluster.routing.allocation.exclude._ip",
        "cluster.routing.allocation.include._name",
        "cluster.routing.allocation.require.box",
        "discovery.seed_hosts",
        "discovery.seed_providers",
        "discovery.type",
        "http.port",
        "network.host",
        "node.attr.zone",
        "node.name",
        "node.roles",
        "path.data",
        "path.logs",
        "path.repo",
        "readiness.port",
        "transport.port",
        "xpack.security.enabled",
        "xpack.security.transport.ssl.verification_mode"
      })
  @Tag("V9")
  void whatTheOperatorOwnsIsRefusedByName(String setting) throws Exception {
    assertThat(profile.objectionTo(setting).orElseThrow())
        .startsWith(setting + " is set by the operator, which owns ");
    assertThat(settings(Map.of(setting, "mine"), true)).isEqualTo(settings(Map.of(), true));
  }

  @Test
  void aSettingIsOwnedByItsNameAndByThoseAboveIt() {
    assertThat(profile.objectionTo("path.data"))
        .contains("path.data is set by the operator, which owns path");
    assertThat(profile.objectionTo("node.name"))
        .contains("node.name is set by the operator, which owns node.name");
    assertThat(profile.objectionTo("node.names")).isEmpty();
    assertThat(profile.objectionTo("networks.of.mine")).isEmpty();
  }

  @Test
  void whatIsNoNameOfASettingIsRefused() {
    assertThat(profile.objectionTo("a\nb")).contains("\"a\\u000ab\" is not the name of a setting");
    assertThat(profile.objectionTo("")).isPresent();
    assertThat(profile.objectionTo("a..b")).isPresent();
    assertThat(profile.objectionTo(" path.data")).isPresent();
    assertThat(profile.objectionTo("a".repeat(256))).isPresent();
  }

  /// Whatever a user writes stays one setting: it cannot end its line and begin another one.
  @Property(tries = 300)
  void noUsersTextBecomesAnotherSetting(
      @ForAll @StringLength(max = 40) String key, @ForAll @StringLength(max = 100) String value)
      throws Exception {
    var expected = new TreeMap<>(settings(Map.of(), true));
    if (profile.objectionTo(key).isEmpty()) {
      expected.put(key, value);
    }

    assertThat(settings(Map.of(key, value), true)).isEqualTo(expected);
  }

  @Property(tries = 300)
  void everyTextArrivesAsItIs(@ForAll @StringLength(max = 100) String value) throws Exception {
    assertThat(settings(Map.of("node.attr.rack", value), true))
        .containsEntry("node.attr.rack", value);
  }

  @Test
  void logsGoToTheConsoleOnly() {
    assertThat(
            profile
                .blueprint(Shop.SEARCH, Shop.spec(Map.of(), true))
                .files()
                .get("log4j2.properties"))
        .contains("rootLogger.appenderRef.console.ref = console")
        .doesNotContainIgnoringCase("rolling");
  }

  @Test
  void seedsAreAddressesWithThePortOfTheTransport() {
    var addresses = new TreeSet<>(List.of("10.1.0.7", "10.1.0.5", "fd00::7"));

    var seeds = profile.seeds(addresses);

    assertThat(seeds.name()).isEqualTo("unicast_hosts.txt");
    assertThat(seeds.content())
        .isEqualTo(
            """
            10.1.0.5:9300
            10.1.0.7:9300
            [fd00::7]:9300
            """);
  }

  @Test
  void aFounderIsToldWhoFounds() {
    var founders =
        List.of(Shop.member("a").name(), Shop.member("b").name(), Shop.member("c").name());
    var pod = Shop.pod(Shop.member("a"), List.of(Role.VOTER, Role.DATA), founders);

    var container = profile.container(pod);

    assertThat(container.env())
        .containsOnly(
            Map.entry("ES_PATH_CONF", "/mnt/flotilla/etc"),
            Map.entry("POD_NAME", Shop.member("a").name().value()),
            Map.entry("ZONE", "a"),
            Map.entry(
                "ES_SETTING_NODE_ROLES", "master,data,ingest,remote_cluster_client,transform"),
            Map.entry(
                "ES_SETTING_CLUSTER_INITIAL__MASTER__NODES",
                "%s,%s,%s".formatted(founders.toArray())));
    assertThat(container.command()).isEmpty();
    assertThat(container.readyPort()).contains(8080);
    assertThat(container.ports())
        .containsOnly(
            Map.entry("http", 9200), Map.entry("transport", 9300), Map.entry("readiness", 8080));
    assertThat(container.loginFiles()).containsExactly("users", "users_roles");
  }

  @Test
  void nobodyFoundsASecondTime() {
    var pod = Shop.pod(Shop.member("a"), List.of(Role.VOTER), List.of());

    assertThat(profile.container(pod).env())
        .containsEntry("ES_SETTING_NODE_ROLES", "master")
        .doesNotContainKey("ES_SETTING_CLUSTER_INITIAL__MASTER__NODES");
  }

  @Test
  void thePrepareCommandFillsTheConfigurationOnce() {
    var prepare =
        profile.container(Shop.pod(Shop.member("a"), List.of(Role.DATA), List.of())).prepare();

    assertThat(prepare).startsWith("/bin/sh", "-ec");
    assertThat(prepare.getLast().lines())
        .containsExactly(
            "conf=/mnt/flotilla/etc",
            "from=/mnt/flotilla",
            "[ ! -e $conf/.prepared ] || exit 0",
            "cp -R /usr/share/elasticsearch/config/. $conf/",
            "for file in elasticsearch.yml log4j2.properties;"
                + " do cp -fL $from/config/$file $conf/; done",
            "for file in tls.key tls.crt ca.crt; do ln -sf $from/tls/$file $conf/; done",
            "for file in users users_roles; do ln -sf $from/login/$file $conf/; done",
            "ln -sf $from/seeds/unicast_hosts.txt $conf/",
            ": > $conf/.prepared");
  }

  private Map<String, String> settings(Map<String, String> config, boolean forced)
      throws JsonProcessingException {
    var file =
        profile.blueprint(Shop.SEARCH, Shop.spec(config, forced)).files().get("elasticsearch.yml");
    return new YAMLMapper().readValue(file, new TypeReference<>() {});
  }
}
