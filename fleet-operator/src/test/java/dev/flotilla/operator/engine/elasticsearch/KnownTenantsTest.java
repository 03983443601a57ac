package dev.flotilla.operator.engine.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KnownTenantsTest {

  private final TenantSecret secret =
      new TenantCredentials(new SeededRandom(1), InstantSource.system())
          .found(Shop.SEARCH, Shop.TENANT);
  private final KnownTenants tenants = new KnownTenants();

  private KnownTenants.Visit enter(String cluster, String address) {
    var addresses = new TreeMap<MemberName, String>();
    addresses.put(new MemberName("m"), address);
    var access = new EnginePort.Access(new ClusterRef("shop", cluster), addresses, secret);
    return ((KnownTenants.Entry.Entered) tenants.enter(access)).visit();
  }

  @Test
  void namesLeadToAddressesOfTheirOwnTenant() throws Exception {
    enter("one", "10.0.0.1");
    enter("two", "10.0.0.2");

    assertThat(tenants.resolve("m.one.shop.flotilla")[0].getHostAddress()).isEqualTo("10.0.0.1");
    assertThat(tenants.resolve("m.two.shop.flotilla")[0].getHostAddress()).isEqualTo("10.0.0.2");
  }

  @Test
  void otherNamesLeadNowhere() {
    enter("one", "10.0.0.1");

    for (var name :
        new String[] {"localhost", "m", "n.one.shop.flotilla", "m.three.shop.flotilla"}) {
      assertThatThrownBy(() -> tenants.resolve(name)).isInstanceOf(UnknownHostException.class);
    }
  }

  @Test
  void anAddressIsNeverLookedUp() {
    enter("one", "localhost");

    assertThatThrownBy(() -> tenants.resolve("m.one.shop.flotilla"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void aNewAddressCounts() throws Exception {
    enter("one", "10.0.0.1").close();
    enter("one", "10.0.0.9");

    assertThat(tenants.resolve("m.one.shop.flotilla")[0].getHostAddress()).isEqualTo("10.0.0.9");
  }

  @Test
  void noMoreThan64AreKeptButNobodyWhoIsAskedIsForgotten() throws Exception {
    var visits = new ArrayList<KnownTenants.Visit>();
    for (int i = 0; i < 70; i++) {
      visits.add(enter("c" + i, "10.0.0.1"));
    }
    assertThat(tenants.size()).isEqualTo(70);

    visits.subList(1, 70).forEach(KnownTenants.Visit::close);

    assertThat(tenants.size()).isEqualTo(65);
    assertThat(tenants.resolve("m.c0.shop.flotilla")).hasSize(1);
    assertThat(tenants.resolve("m.c69.shop.flotilla")).hasSize(1);
    assertThatThrownBy(() -> tenants.resolve("m.c1.shop.flotilla"))
        .isInstanceOf(UnknownHostException.class);
  }
}
