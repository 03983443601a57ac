package dev.flotilla.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flotilla.topology.etcd.EtcdAddress;
import dev.flotilla.topology.model.Zone;
import dev.flotilla.topology.store.LeaseName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static final String ENDPOINTS = "FLOTILLA_ETCD_ENDPOINTS";

  @Test
  void withoutAnySettingMembersAreRecordedInMemory() {
    assertThat(Settings.of(Map.of()).store()).isEqualTo(new StoreChoice.Memory());
  }

  @Test
  void anEtcdIsFoundWhereTheSettingsSay() {
    var store = etcd(Map.of(ENDPOINTS, "http://one:2379, http://two:2379"));

    assertThat(store)
        .isEqualTo(
            new StoreChoice.Etcd(
                new EtcdAddress(
                    List.of(URI.create("http://one:2379"), URI.create("http://two:2379")),
                    "/flotilla/",
                    Optional.empty()),
                LeaseName.ofSite("default")));
  }

  @Test
  void anEtcdWithTlsIsSpokenToWithTheFilesThatAreNamed(@TempDir Path folder) throws IOException {
    var ca = Files.writeString(folder.resolve("ca"), "");
    var certificate = Files.writeString(folder.resolve("certificate"), "");
    var key = Files.writeString(folder.resolve("key"), "");

    var store =
        etcd(
            Map.of(
                ENDPOINTS,
                "https://one:2379",
                "FLOTILLA_ETCD_CA",
                ca.toString(),
                "FLOTILLA_ETCD_CERT",
                certificate.toString(),
                "FLOTILLA_ETCD_KEY",
                key.toString()));

    assertThat(((StoreChoice.Etcd) store).address().tls())
        .contains(new EtcdAddress.Tls(ca, Optional.of(new EtcdAddress.Identity(certificate, key))));
  }

  /// Nothing is guessed: a mistake here would be a store that nobody finds again.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FLOTILLA_STORE | zookeeper | FLOTILLA_STORE must be memory, etcd or raft",
        "FLOTILLA_ETCD_ENDPOINTS | one:2379 | FLOTILLA_ETCD_ENDPOINTS must be http(s)://HOST:PORT",
        "FLOTILLA_ETCD_ENDPOINTS | '' | FLOTILLA_ETCD_ENDPOINTS must be http(s)://HOST:PORT",
        "FLOTILLA_ETCD_ENDPOINTS | http://a:1,,http://b:1 | FLOTILLA_ETCD_ENDPOINTS must be http(s)",
        "FLOTILLA_ETCD_ENDPOINTS | http://one/ | FLOTILLA_ETCD_ENDPOINTS must be http(s)",
        "FLOTILLA_ETCD_ENDPOINTS | http://a:1,https://b:1 | must be all http or all https",
        "FLOTILLA_ETCD_ENDPOINTS | https://one:2379 | FLOTILLA_ETCD_CA must name the file",
        "FLOTILLA_ETCD_PREFIX | flotilla | FLOTILLA_ETCD_PREFIX must be words between '/'",
        "FLOTILLA_ETCD_CA | /nowhere/ca.pem | FLOTILLA_ETCD_CA must be a file that can be read",
        "FLOTILLA_ETCD_CERT | /dev/null | must be given together",
        "FLOTILLA_SITE | a site | FLOTILLA_SITE must be 1 to 63 of",
        "FLOTILLA_HTTP_PORT | 70000 | FLOTILLA_HTTP_PORT must be a number from 0 to 65535"
      })
  void whatCannotBeUsedIsRefusedByName(String name, String value, String message) {
    var environment = new HashMap<>(Map.of("FLOTILLA_STORE", "etcd", ENDPOINTS, "http://one:1"));
    environment.put(name, value);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(environment))
        .withMessageContaining(message);
  }

  @Test
  void aVoterLivesWhereTheSettingsSay(@TempDir Path folder) {
    var variables = new HashMap<>(voter(folder));
    variables.put("FLOTILLA_STORE_PORT", "9000");

    var home = ((StoreChoice.Raft) Settings.of(variables).store()).home();

    assertThat(home.zone()).isEqualTo(new Zone("b"));
    assertThat(home.zones()).containsExactly(new Zone("a"), new Zone("b"), new Zone("c"));
    assertThat(home.directory()).isEqualTo(folder);
    assertThat(home.place()).isEqualTo(new InetSocketAddress("10.0.0.7", 9000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FLOTILLA_STORE_ZONES | a,b | FLOTILLA_STORE_ZONES must be at least 3 zones with commas",
        "FLOTILLA_STORE_ZONES | '' | FLOTILLA_STORE_ZONES must be at least 3 zones",
        "FLOTILLA_ZONE | d | FLOTILLA_ZONE must be one of [a, b, c], was \"d\"",
        "FLOTILLA_ZONE | '' | FLOTILLA_ZONE must be one of [a, b, c]",
        "FLOTILLA_STORE_DIRECTORY | /dev/null | FLOTILLA_STORE_DIRECTORY must be a folder that can be",
        "FLOTILLA_STORE_ADDRESS | somewhere.else | FLOTILLA_STORE_ADDRESS must be the address of this",
        "FLOTILLA_STORE_PORT | many | FLOTILLA_STORE_PORT must be a number from 0 to 65535",
        "FLOTILLA_SITE | a site | FLOTILLA_SITE must be 1 to 63 of"
      })
  void whatAVoterCannotUseIsRefusedByName(
      String name, String value, String message, @TempDir Path folder) {
    var variables = new HashMap<>(voter(folder));
    variables.put(name, value);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(variables))
        .withMessageContaining(message);
  }

  private static Map<String, String> voter(Path folder) {
    return Map.of(
        "FLOTILLA_STORE", "raft",
        "FLOTILLA_ZONE", "b",
        "FLOTILLA_STORE_ZONES", "a, b,c",
        "FLOTILLA_STORE_DIRECTORY", folder.toString(),
        "FLOTILLA_STORE_ADDRESS", "10.0.0.7");
  }

  private static StoreChoice etcd(Map<String, String> more) {
    var environment = new HashMap<>(more);
    environment.put("FLOTILLA_STORE", "etcd");
    return Settings.of(environment).store();
  }
}
