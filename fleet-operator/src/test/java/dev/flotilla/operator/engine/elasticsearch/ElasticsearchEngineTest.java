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
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The engine's adapter against small TLS servers on the loopback.
class ElasticsearchEngineTest {

  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final String HEALTH = "{\"status\":\"green\",\"timed_out\":false}";
  private static final String STATE =
      """
      {"cluster_uuid": "u", "master_node": "i",
       "nodes": {"i": {"name": "m", "version": "9.5.3"}}, "routing_nodes": {"nodes": {"i": []}}}
      """;

  private static final Reading<EngineReport> WELL =
      new Reading.Known<>(
          new EngineReport(
              "u", EngineReport.Health.GREEN, List.of(new EngineReport.Node("m", "9.5.3", 0))),
          Shop.NOW);

  private final TenantCredentials credentials =
      new TenantCredentials(new SeededRandom(1), InstantSource.system());
  private final TenantSecret secret = credentials.found(Shop.SEARCH, Shop.TENANT);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var each : open.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T opened(T each) {
    open.add(each);
    return each;
  }

  private ElasticsearchEngine engine(int port) {
    return opened(new ElasticsearchEngine(InstantSource.fixed(Shop.NOW), port, DEADLINE));
  }

  /// The tenant's member of zone a, on 127.0.0.1.
  private FakeMember member(FakeMember.Conduct conduct) {
    return opened(
        new FakeMember("127.0.0.1", 0, credentials.issue(secret, Shop.member("a")), conduct));
  }

  private EnginePort.Access access(String... addresses) {
    var byMember = new TreeMap<MemberName, String>();
    for (int i = 0; i < addresses.length; i++) {
      byMember.put(Shop.member(String.valueOf((char) ('a' + i))).name(), addresses[i]);
    }
    return new EnginePort.Access(Shop.SEARCH, byMember, secret);
  }

  private Reading<EngineReport> observe(FakeMember.Conduct conduct) {
    var member = member(conduct);
    return engine(member.port()).observe(new StopSignal(), access("127.0.0.1"));
  }

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

  private static String basic(TenantSecret secret) {
    var logIn = "flotilla:" + secret.files().get("operator-password");
    return "Basic " + Base64.getEncoder().encodeToString(logIn.getBytes(StandardCharsets.UTF_8));
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
            "%s sees no elected voter (503); %s refuses connections; %s has no address that can be used; 1 more"
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
  void refusalsAreUnknown() {
    assertUnknown(observe(FakeMember.Conduct.refusing(403)), "(403)");
    assertUnknown(observe(FakeMember.Conduct.refusing(404)), "answered 404");
    assertUnknown(observe(FakeMember.Conduct.refusing(429)), "answered 429");
    assertUnknown(observe(FakeMember.Conduct.refusing(500)), "answered 500");
  }

  @Test
  void aStateWithoutAnElectedVoterIsUnknown() {
    var leaderless = STATE.replace("\"master_node\": \"i\"", "\"master_node\": null");

    assertUnknown(observe(FakeMember.Conduct.saying(HEALTH, leaderless)), "sees no elected voter");
  }

  @Test
  void aRedirectIsNotFollowed() {
    var thief = member(FakeMember.Conduct.saying(HEALTH, STATE));

    var reading =
        observe((request, out) ->
            FakeMember.send(
                out, 302, "Location: https://127.0.0.1:%d/\r\n".formatted(thief.port()), ""));

    assertUnknown(reading, "answered 302");
    assertThat(thief.requests()).isEmpty();
  }

  @Test
  void tenMegabytesAreNotRead() {
    assertUnknown(
        observe(FakeMember.Conduct.saying(HEALTH, " ".repeat(10_000_000))),
        "answered more than is read");
    assertUnknown(
        observe(FakeMember.Conduct.saying(" ".repeat(10_000_000), STATE)),
        "answered more than is read");
  }

  /// Four kilobytes that would become four megabytes, as an answer and as an error.
  @Test
  void aPackedAnswerIsNotUnpacked() throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[4_000_000]);
    }
    for (int status : List.of(200, 503)) {
      assertUnknown(
          observe((request, out) -> {
            out.write(
                "HTTP/1.1 %d X\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                    .formatted(status, packed.size())
                    .getBytes(StandardCharsets.US_ASCII));
            packed.writeTo(out);
            out.flush();
          }),
          "does not speak HTTP as expected");
    }
  }

  @Test
  void whatIsNotHttpIsUnknown() {
    assertUnknown(
        observe((request, out) -> {
          out.write("220 mail.example ESMTP\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
          out.flush();
        }),
        "does not speak HTTP as expected");
    assertUnknown(observe((request, out) -> out.close()), "hung up");
    assertUnknown(
        observe((request, out) -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
          for (int i = 0; i < 100_000; i++) {
            out.write("X-%d: y\r\n".formatted(i).getBytes(StandardCharsets.US_ASCII));
          }
        }),
        "does not speak HTTP as expected");
  }

  @Test
  void aDrippingAnswerEndsAtTheDeadline() {
    var done = new CountDownLatch(1);
    var before = System.nanoTime();

    var reading =
        observe((request, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          while (!done.await(300, TimeUnit.MILLISECONDS)) {
            out.write(' ');
            out.flush();
          }
        });
    done.countDown();

    assertUnknown(reading, "did not answer in time");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(DEADLINE.multipliedBy(3));
  }

  /// Not even TLS: a listener that accepts and says nothing.
  @Test
  void aSilentPortIsUnknown() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      var reading = engine(silent.getLocalPort()).observe(new StopSignal(), access("127.0.0.1"));

      assertThat(reading.known()).isEmpty();
    }
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
    assertThat(engine.observe(stop, access("127.0.0.1"))).isEqualTo(WELL);
    patient.set(false);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reading = threads.submit(() -> observeUntil(stop, engine));
      assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();

      long before = System.nanoTime();
      stop.stop("the specification changed");

      assertThat(why(reading.get(10, TimeUnit.SECONDS))).isEqualTo("asking it was stopped");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    }
  }

  /// The last reading. On a busy machine a connection may not come about at the first try.
  private Reading<EngineReport> observeUntil(StopSignal stop, ElasticsearchEngine engine) {
    Reading<EngineReport> reading;
    do {
      reading = engine.observe(stop, access("127.0.0.1", "127.0.0.2"));
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
  void sixtyHangingEnginesDoNotDelayAnother() throws Exception {
    var hanging = new CountDownLatch(60);
    var gone = opened(new Gone());
    var well = member(FakeMember.Conduct.saying(HEALTH, STATE));
    var engine = engine(well.port());
    var stop = new StopSignal();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
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
        threads.submit(() -> {
          while (!stop.isStopped()) {
            engine.observe(stop, access);
          }
        });
      }
      assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();

      long before = System.nanoTime();
      assertThat(engine.observe(new StopSignal(), access("127.0.0.1"))).isEqualTo(WELL);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));

      stop.stop("the test is over");
    }
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
    var question = new SharedClient.Question("host", "/path", "CANARY-91bc", 1);

    assertThat(question.toString()).doesNotContain("CANARY");
    assertThat(access("127.0.0.1").toString())
        .doesNotContain(secret.files().get("operator-password"))
        .doesNotContain("PRIVATE KEY");
  }

  private static void assertUnknown(Reading<EngineReport> reading, String why) {
    assertThat(why(reading)).startsWith(Shop.member("a").name() + " ").contains(why);
  }

  private static String why(Reading<EngineReport> reading) {
    return reading instanceof Reading.Unknown<EngineReport>(var why) ? why : "known: " + reading;
  }
}
