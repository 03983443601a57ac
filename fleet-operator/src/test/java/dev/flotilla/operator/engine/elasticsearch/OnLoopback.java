package dev.flotilla.operator.engine.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.MemberName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;

/// What tests of the engine's adapter share: a tenant, and members of it on the loopback that are
/// gone when the test is over.
abstract class OnLoopback {

  static final Duration DEADLINE = Duration.ofSeconds(5);
  static final String HEALTH = "{\"status\":\"green\",\"timed_out\":false}";
  static final String STATE =
      """
      {"cluster_uuid": "u", "master_node": "i",
       "nodes": {"i": {"name": "m", "version": "9.5.3"}}, "routing_nodes": {"nodes": {"i": []}}}
      """;

  static final Reading<EngineReport> WELL =
      new Reading.Known<>(
          new EngineReport(
              "u",
              EngineReport.Health.GREEN,
              List.of(new EngineReport.Node("m", "i", "9.5.3", 0, 0))),
          Shop.NOW);

  final TenantCredentials credentials =
      new TenantCredentials(new SeededRandom(1), InstantSource.system());
  final TenantSecret secret = credentials.found(Shop.SEARCH, Shop.TENANT);
  final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  final void close() throws Exception {
    for (var each : open.reversed()) {
      each.close();
    }
  }

  <T extends AutoCloseable> T opened(T each) {
    open.add(each);
    return each;
  }

  ElasticsearchEngine engine(int port) {
    return opened(new ElasticsearchEngine(InstantSource.fixed(Shop.NOW), port, DEADLINE));
  }

  /// The tenant's member of zone a, on 127.0.0.1.
  FakeMember member(FakeMember.Conduct conduct) {
    return opened(
        new FakeMember("127.0.0.1", 0, credentials.issue(secret, Shop.member("a")), conduct));
  }

  EnginePort.Access access(String... addresses) {
    var byMember = new TreeMap<MemberName, String>();
    for (int i = 0; i < addresses.length; i++) {
      byMember.put(Shop.member(String.valueOf((char) ('a' + i))).name(), addresses[i]);
    }
    return new EnginePort.Access(Shop.SEARCH, byMember, secret);
  }

  Reading<EngineReport> observe(FakeMember.Conduct conduct) {
    var member = member(conduct);
    return engine(member.port()).observe(new StopSignal(), access("127.0.0.1"));
  }

  static String basic(TenantSecret secret) {
    var logIn = "flotilla:" + secret.files().get("operator-password");
    return "Basic " + Base64.getEncoder().encodeToString(logIn.getBytes(StandardCharsets.UTF_8));
  }

  static void assertUnknown(Reading<EngineReport> reading, String why) {
    assertThat(why(reading)).startsWith(Shop.member("a").name() + " ").contains(why);
  }

  static String why(Reading<EngineReport> reading) {
    return reading instanceof Reading.Unknown<EngineReport>(var why) ? why : "known: " + reading;
  }
}
