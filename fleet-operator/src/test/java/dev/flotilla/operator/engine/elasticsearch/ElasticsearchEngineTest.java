package dev.flotilla.operator.engine.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.Zone;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Whom the engine's adapter asks, whom it believes, and when it stops.
class ElasticsearchEngineTest extends OnLoopback {

  @Test
  void aMemberIsAskedForHealthAndThenForState() {
    var member = member(FakeMember.Conduct.saying(HEALTH, STATE));

    var reading = engine(member.port()).observe(new StopSignal(), access("127.0.0.1"));

    assertThat(reading).isEqualTo(WELL);
    assertThat(member.requests())
        .extracting(FakeMember.Request::path)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("/_cluster/health?"),
            second -> assertThat(second).startsWith("/_cluster/state/"));
    assertThat(member.requests())
        .allSatisfy(request -> assertThat(request.authorization()).isEqualTo(basic(secret)));
  }

  @Test
  void aCertificateOfAnotherNameIsRefused() {
    var other = credentials.issue(secret, Shop.member("b"));
    var member =
        opened(new FakeMember("127.0.0.1", 0, other, FakeMember.Conduct.saying(HEALTH, STATE)));

    var reading = engine(member.port()).observe(new StopSignal(), access("127.0.0.1"));

    assertUnknown(reading, "shows a certificate for another name");
    assertThat(member.requests()).isEmpty();
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefused() {
    var foreign = credentials.issue(credentials.found(Shop.SEARCH, Shop.TENANT), Shop.member("a"));
    var member =
        opened(new FakeMember("127.0.0.1", 0, foreign, FakeMember.Conduct.saying(HEALTH, STATE)));

    var reading = engine(member.port()).observe(new StopSignal(), access("127.0.0.1"));

    assertUnknown(reading, "shows a certificate that its authority did not sign");
    assertThat(member.requests()).isEmpty();
  }

  @Test
  void anExpiredCertificateIsRefused() {
    var then =
        new TenantCredentials(
            new SeededRandom(2), InstantSource.fixed(Shop.NOW.minus(Duration.ofDays(400))));
    var old = then.found(Shop.SEARCH, Shop.TENANT);
    var member =
        opened(
            new FakeMember(
                "127.0.0.1",
                0,
                then.issue(old, Shop.member("a")),
                FakeMember.Conduct.saying(HEALTH, STATE)));
    var access = new EnginePort.Access(Shop.SEARCH, access("127.0.0.1").addresses(), old);

    var reading = engine(member.port()).observe(new StopSignal(), access);

    assertUnknown(reading, "shows a certificate that has expired");
  }

  /// An open connection was made to somebody who was trusted then.
  @Test
  void aNewAuthorityIsNotServedByOldConnections() {
    var member = member(FakeMember.Conduct.saying(HEALTH, STATE));
    var engine = engine(member.port());
    assertThat(engine.observe(new StopSignal(), access("127.0.0.1"))).isEqualTo(WELL);

    var renewed = credentials.found(Shop.SEARCH, Shop.TENANT);
    var access = new EnginePort.Access(Shop.SEARCH, access("127.0.0.1").addresses(), renewed);

    assertUnknown(
        engine.observe(new StopSignal(), access),
        "shows a certificate that its authority did not sign");
  }

  @Test
  void anotherTenantsPasswordIsRefusedAndTheOwnOneIsNeverShownElsewhere() {
    var other = new ClusterRef("shop", "other");
    var otherSecret = credentials.found(other, Shop.TENANT);
    var otherMember =
        MemberRecord.allocated(other, Shop.TENANT, new Slot(Shop.POOL, new Zone("a"), 1), true);
    var member = member(onlyFor(secret));
    var neighbour =
        opened(
            new FakeMember(
                "127.0.0.2",
                member.port(),
                credentials.issue(otherSecret, otherMember),
                onlyFor(otherSecret)));
    var engine = engine(member.port());
    SortedMap<MemberName, String> there = new TreeMap<>();
    there.put(otherMember.name(), "127.0.0.2");

    assertThat(engine.observe(new StopSignal(), access("127.0.0.1"))).isEqualTo(WELL);
    assertThat(engine.observe(new StopSignal(), new EnginePort.Access(other, there, otherSecret)))
        .isEqualTo(WELL);
    var mixed = new TreeMap<>(otherSecret.files());
    mixed.put("operator-password", secret.files().get("operator-password"));
    var stolen = new TenantSecret(Shop.TENANT, Optional.empty(), mixed);

    assertThat(why(engine.observe(new StopSignal(), new EnginePort.Access(other, there, stolen))))
        .isEqualTo(otherMember.name() + " does not accept the operator's log-in (401)");
    assertThat(member.requests())
        .allSatisfy(request -> assertThat(request.authorization()).isEqualTo(basic(secret)));
    assertThat(neighbour.requests().subList(0, 2))
        .allSatisfy(request -> assertThat(request.authorization()).isEqualTo(basic(otherSecret)));
  }

  private static FakeMember.Conduct onlyFor(TenantSecret secret) {
    return (request, out) ->
        (request.authorization().equals(basic(secret))
                ? FakeMember.Conduct.saying(HEALTH, STATE)
                : FakeMember.Conduct.refusing(401))
            .answer(request, out);
  }

  @Test
  void whoAnsweredLastIsAskedFirst() throws Exception {
    var b =
        opened(
            new FakeMember(
                "127.0.0.2",
                0,
                credentials.issue(secret, Shop.member("b")),
                FakeMember.Conduct.saying(HEALTH, STATE)));
    var a =
        opened(
            new FakeMember(
                "127.0.0.1",
                b.port(),
                credentials.issue(secret, Shop.member("a")),
                FakeMember.Conduct.refusing(503)));
    var engine = engine(b.port());

    assertThat(engine.observe(new StopSignal(), access("127.0.0.1", "127.0.0.2"))).isEqualTo(WELL);
    assertThat(engine.observe(new StopSignal(), access("127.0.0.1", "127.0.0.2"))).isEqualTo(WELL);

    assertThat(a.requests()).hasSize(1);
    assertThat(b.requests()).hasSize(4);
  }

  @Test
  void whenNobodyCanTellEverybodyIsQuoted() throws Exception {
    var member = member(FakeMember.Conduct.refusing(503));

    var reading =
        engine(member.port())
            .observe(new StopSignal(), access("127.0.0.1", "127.0.0.2", "not-an-address", "::9"));

    assertThat(why(reading))
        .isEqualTo(
            ("%s sees no elected voter (503); %s refuses connections;"
                    + " %s has no address that can be used; 1 more")
                .formatted(
                    Shop.member("a").name(), Shop.member("b").name(), Shop.member("c").name()));
  }

  @Test
  void withoutAddressesOrAnAuthorityNobodyIsAsked() {
    var engine = engine(1);
    var none = new TenantSecret(Shop.TENANT, Optional.empty(), new TreeMap<>());

    assertThat(why(engine.observe(new StopSignal(), access())))
        .isEqualTo("none of its members has an address");
    assertThat(
            why(
                engine.observe(
                    new StopSignal(),
                    new EnginePort.Access(Shop.SEARCH, access("127.0.0.1").addresses(), none))))
        .isEqualTo("its Secret holds no usable ca.crt to trust");
  }

  @Test
  void theSignalEndsAHangingCall() throws Exception {
    var patient = new AtomicBoolean(true);
    var hanging = new CountDownLatch(1);
    var gone = opened(new Gone());
    var member =
        member((request, out) -> {
          if (patient.get()) {
            FakeMember.Conduct.saying(HEALTH, STATE).answer(request, out);
          } else {
            hanging.countDown();
            gone.await();
          }
        });
    var engine = engine(member.port());
    var stop = new StopSignal();
    observeUntilWell(engine);
    patient.set(false);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reading =
          threads.submit(() -> observeUntil(stop, engine, access("127.0.0.1", "127.0.0.2")));
      try {
        assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        stop.stop("the specification changed");
      }
      long stopped = System.nanoTime();

      assertThat(why(reading.get(10, TimeUnit.SECONDS))).isEqualTo("asking it was stopped");
      assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(1));
    }
  }

  /// The last reading. On a busy machine a connection may not come about at the first try.
  private static Reading<EngineReport> observeUntil(
      StopSignal stop, ElasticsearchEngine engine, EnginePort.Access access) {
    Reading<EngineReport> reading;
    do {
      reading = engine.observe(stop, access);
    } while (!stop.isStopped());
    return reading;
  }

  /// Lets members that hang go when the test ends.
  private static final class Gone implements AutoCloseable {
    private final CountDownLatch gone = new CountDownLatch(1);

    void await() throws InterruptedException {
      gone.await();
    }

    @Override
    public void close() {
      gone.countDown();
    }
  }

  @Test
  void aFiredSignalAsksNobody() {
    var member = member(FakeMember.Conduct.saying(HEALTH, STATE));
    var stop = new StopSignal();
    stop.stop("the process stops");

    assertThat(why(engine(member.port()).observe(stop, access("127.0.0.1"))))
        .isEqualTo("asking it was stopped");
    assertThat(member.requests()).isEmpty();
  }

  @Test
  void onceClosedItKnowsNothing() {
    var member = member(FakeMember.Conduct.saying(HEALTH, STATE));
    var engine = engine(member.port());
    engine.close();

    assertUnknown(engine.observe(new StopSignal(), access("127.0.0.1")), "could not be asked");
  }

  @Test
  void sixtyHangingEnginesDoNotDelayAnother() throws Exception {
    var hanging = new CountDownLatch(60);
    var gone = opened(new Gone());
    var well = member(FakeMember.Conduct.saying(HEALTH, STATE));
    var engine = engine(well.port());
    var stop = new StopSignal();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (int i = 1; i <= 60; i++) {
          var access =
              hangingEngine(
                  new ClusterRef("crowd", "c" + i),
                  "127.0.1." + i,
                  well.port(),
                  (request, out) -> {
                    hanging.countDown();
                    gone.await();
                  });
          threads.submit(() -> observeUntil(stop, engine, access));
        }
        assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();

        long before = System.nanoTime();
        observeUntilWell(engine);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
      } finally {
        stop.stop("the test is over");
      }
    }
  }

  /// On a busy machine a connection may not come about at the first try.
  private void observeUntilWell(ElasticsearchEngine engine) {
    var reading = engine.observe(new StopSignal(), access("127.0.0.1"));
    for (int i = 0; i < 10 && reading.known().isEmpty(); i++) {
      reading = engine.observe(new StopSignal(), access("127.0.0.1"));
    }
    assertThat(reading).isEqualTo(WELL);
  }

  /// Another tenant's engine; for speed all of them have one authority.
  private EnginePort.Access hangingEngine(
      ClusterRef cluster, String address, int port, FakeMember.Conduct conduct) {
    var member =
        MemberRecord.allocated(cluster, Shop.TENANT, new Slot(Shop.POOL, new Zone("a"), 1), true);
    opened(new FakeMember(address, port, credentials.issue(secret, member), conduct));
    var addresses = new TreeMap<MemberName, String>();
    addresses.put(member.name(), address);
    return new EnginePort.Access(cluster, addresses, secret);
  }

  @Test
  void noSecretIsInWhatIsSaid() {
    var question =
        new SharedClient.Question("host", SharedClient.Call.get("/path", ""), "CANARY-91bc", 1);

    assertThat(question.toString()).doesNotContain("CANARY");
    assertThat(access("127.0.0.1").toString())
        .doesNotContain(secret.files().get("operator-password"))
        .doesNotContain("PRIVATE KEY");
  }
}
