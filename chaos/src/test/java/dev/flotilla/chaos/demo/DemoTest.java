package dev.flotilla.chaos.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.chaos.cli.Main;
import dev.flotilla.chaos.lab.Lab;
import dev.flotilla.chaos.lab.LocalCluster;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.operator.cli.output.Console;
import dev.flotilla.operator.cli.output.Terminal;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The whole demo, once, on the local cluster; then what it leaves behind.
///
/// Takes about five minutes, most of them waiting for Elasticsearch to start and for Kubernetes to
/// notice that a node is silent.
@Tag("cluster")
@ExtendWith(LocalCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {

  /// Limits in seconds are those of the promise, three times as long.
  private static final Duration REQUESTED = Duration.ofSeconds(15);

  private static final Duration BACK = Duration.ofSeconds(150);

  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
  private Report report;

  @BeforeAll
  void run(Lab lab) {
    assertThat(lab.layout().nodes()).hasSize(6);
    try (Progress lines = Progress.on(print(progress), Terminal.none())) {
      report =
          new Demo(Places.ofThisMachine(System.getenv()), System.getenv(), Demo.Store.raft, lines)
              .run();
    } finally {
      System.err.print(progress.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  @Tag("UX-1")
  void everyPhaseSaysHowLongItTook() {
    var phases =
        progress
            .toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains(" state=done "))
            .toList();
    assertThat(phases)
        .allSatisfy(line -> assertThat(line).containsPattern("elapsed=(\\d+m)?[\\d.]+s"));
    assertThat(String.join("\n", phases))
        .contains(
            "phase=\"operator image\"",
            "phase=programs",
            "phase=\"control plane\"",
            "phase=operator",
            "phase=database",
            "phase=documents",
            "phase=\"lost pod\"",
            "phase=\"power cut\"",
            "phase=\"not doubled\"",
            "phase=\"out of service\"",
            "phase=\"scale out\"",
            "phase=proof");
  }

  @Test
  @Tag("PP-1")
  void aDeletedPodIsAskedForAgainAtOnceOnTheSameVolume() {
    assertThat(report.pod().requested()).isLessThan(REQUESTED);
    assertThat(report.pod().documents()).isEqualTo(117_791);
    onCluster((client, tenant) ->
        assertThat(claimUid(tenant, report.pod())).isEqualTo(report.pod().volume()));
  }

  /// A node without power is seen as a node that is cut off is: its pod object stays.
  @Test
  @Tag("PP-2")
  void aMemberWhoseNodeIsSilentIsNotDoubledAndComesBackOnceTheNodeIsDeclaredOutOfService() {
    assertThat(report.watched()).isPositive();
    assertThat(report.node().nodeAfter()).isNotEqualTo(report.node().nodeBefore());
    assertThat(report.node().documents()).isEqualTo(117_791);
    onCluster((client, tenant) ->
        assertThat(claimUid(tenant, report.node())).isEqualTo(report.node().volume()));
  }

  @Test
  void twoMembersOfEachZoneHoldEveryDocumentTwice() {
    assertThat(report.members())
        .hasSize(6)
        .allSatisfy(member -> assertThat(member.state()).isEqualTo("Active"));
    assertThat(
            report.members().stream()
                .collect(Collectors.groupingBy(Report.Member::zone, Collectors.counting())))
        .containsEntry("a", 2L)
        .containsEntry("b", 2L)
        .containsEntry("c", 2L);
    assertThat(report.members().stream().mapToLong(Report.Member::documents).sum())
        .isEqualTo(2 * 117_791);
  }

  /// In the order in which they are printed; the last one deletes a pod, which comes back.
  @Test
  void theCommandsWorkAsPrinted() {
    for (String command : report.commands()) {
      var arguments = command.substring("./flotilla ".length()).split(" ");
      assertThat(Main.commandLine(Main.surroundings()).execute(arguments)).as(command).isZero();
    }
    onCluster((client, tenant) ->
        tenant
            .pods()
            .informOnCondition(pods ->
                pods.size() == report.members().size()
                    && pods.stream().allMatch(Readiness.getInstance()::isReady))
            .get(BACK.toSeconds(), TimeUnit.SECONDS));
  }

  @Test
  @Tag("UX-14")
  void statusAsJsonParsesAlone() throws IOException {
    var out = new ByteArrayOutputStream();
    var console = new Console(print(out), System.err, Terminal.none(), Terminal.none());
    Main.commandLine(Main.surroundings().with(console))
        .execute("status", report.database(), "-o", "json");
    assertThat(new ObjectMapper().readTree(out.toByteArray()).at("/cluster/members")).hasSize(6);
  }

  @Test
  void theTenantsCertificateIsHeldAgainstTheName() {
    onCluster((client, tenant) -> {
      var resolver = new ServiceResolver(client);
      var addresses = resolver.resolve("search.shop.svc");
      var elsewhere = new RenamedResolver(addresses);
      try (var wrong =
          new TenantClient(URI.create("https://other.shop.svc:9200"), tenant.logIn(), elsewhere)) {
        assertThatThrownBy(() -> wrong.get("/"))
            .isInstanceOf(UncheckedIOException.class)
            .hasCauseInstanceOf(SSLException.class);
      }
    });
  }

  @Test
  void noPodIsThereThatNobodyWants() {
    onCluster((client, tenant) ->
        assertThat(tenant.pods().list().getItems())
            .extracting(pod -> pod.getMetadata().getName())
            .containsExactlyInAnyOrderElementsOf(
                report.members().stream().map(Report.Member::name).toList()));
  }

  @FunctionalInterface
  private interface Look {
    void at(KubernetesClient client, Tenant tenant) throws Exception;
  }

  private static void onCluster(Look look) {
    try (KubernetesClient client = Lab.running().orElseThrow().client()) {
      look.at(client, new Tenant(client, "shop", "search"));
    } catch (Exception e) {
      throw new AssertionError("cannot look at the cluster", e);
    }
  }

  private static String claimUid(Tenant tenant, Healing healing) {
    return tenant.members().stream()
        .filter(member -> member.name().equals(healing.member()))
        .map(member -> tenant.claim(member).getMetadata().getUid())
        .collect(Collectors.collectingAndThen(Collectors.toList(), List::getFirst));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }
}
