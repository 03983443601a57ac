package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchEngine;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.MemberName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One real member, asked as the operator asks it.
///
/// @param steady whose members are asked; three of them hold what [RealTenant#store()] stores
/// @param other a tenant with another authority and another log-in
record AdapterOnRealMember(RealTenant steady, RealTenant other) {

  void believesItAndNobodyElse() {
    var secret = steady.secret();
    var addresses = steady.addresses();

    var reading = observe(addresses, secret);

    assertThat(reading).isInstanceOf(Reading.Known.class);
    var report = reading.known().orElseThrow();
    assertThat(Optional.of(report.clusterUuid())).isEqualTo(secret.formed());
    assertThat(report.health()).isEqualTo(EngineReport.Health.GREEN);
    assertThat(report.nodes())
        .extracting(EngineReport.Node::name)
        .containsExactlyElementsOf(addresses.keySet().stream().map(MemberName::value).toList());
    assertThat(report.nodes()).extracting(EngineReport.Node::version).containsOnly("9.5.3");
    assertThat(report.nodes().stream().mapToInt(EngineReport.Node::shards).sum()).isEqualTo(6);
    assertDoubted(observe(other.addresses(), secret), "that its authority did not sign");
    assertDoubted(observe(renamed(addresses), secret), "a certificate for another name");
    assertDoubted(
        observe(addresses, withPasswordOf(secret, other.secret())),
        "does not accept the operator's log-in (401)");
  }

  /// With an adapter of its own, which has no connections from before.
  private Reading<EngineReport> observe(
      SortedMap<MemberName, String> addresses, TenantSecret secret) {
    try (var engine = new ElasticsearchEngine(InstantSource.system())) {
      return engine.observe(
          new StopSignal(), new EnginePort.Access(steady.ref(), addresses, secret));
    }
  }

  private static void assertDoubted(Reading<EngineReport> reading, String why) {
    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Unknown.class, unknown -> assertThat(unknown.why()).contains(why));
  }

  /// Everybody at the address of the next one.
  private static SortedMap<MemberName, String> renamed(SortedMap<MemberName, String> addresses) {
    var values = new ArrayList<>(addresses.values());
    Collections.rotate(values, 1);
    var renamed = new TreeMap<MemberName, String>();
    addresses.keySet().forEach(name -> renamed.put(name, values.removeFirst()));
    return renamed;
  }

  private static TenantSecret withPasswordOf(TenantSecret secret, TenantSecret other) {
    var files = new TreeMap<>(secret.files());
    files.put("operator-password", other.files().get("operator-password"));
    return new TenantSecret(secret.tenant(), secret.formed(), files);
  }
}
