package dev.flotilla.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.status.StatusReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.kube.PlayedServer.Answer;
import dev.flotilla.operator.kube.render.Claims;
import dev.flotilla.operator.kube.render.Statuses;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.StoppedException;
import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.operator.port.WriteResult.Cause;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a request, whatever the server does.
class Fabric8KubeApiTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final String FIELD_CONFLICT =
      """
      {"causes":[{"reason":"FieldManagerConflict","message":"conflict","field":".spec"}]}\
      """;

  private final Blind sight = new Blind();
  private final StopSignal stop = new StopSignal();

  @ParameterizedTest
  @CsvSource({
    "409, Conflict, CHANGED",
    "404, NotFound, NOT_FOUND",
    "403, Forbidden, FORBIDDEN",
    "401, Unauthorized, FORBIDDEN",
    "422, Invalid, INVALID",
    "400, BadRequest, INVALID"
  })
  void aRefusalWithAReasonIsFinal(int code, String reason, Cause cause) throws IOException {
    try (var server = new PlayedServer(PlayedServer.status(code, reason, "{}"))) {
      assertThat(with(server, this::apply))
          .isEqualTo(new WriteResult.Rejected(code, cause, "words of the server"));
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void aFieldOfSomebodyElseIsTold() throws IOException {
    try (var server = new PlayedServer(PlayedServer.status(409, "Conflict", FIELD_CONFLICT))) {
      assertThat(with(server, this::apply))
          .isInstanceOfSatisfying(
              WriteResult.Rejected.class,
              rejected -> assertThat(rejected.cause()).isEqualTo(Cause.FIELD_OWNED));
    }
  }

  /// Something between us and the API server answered, or it answered that it does not know.
  @ParameterizedTest
  @CsvSource({"404", "400", "500", "503", "504"})
  void anAnswerWithoutAReasonTellsNothing(int code) throws IOException {
    try (var server = new PlayedServer(new Answer(code, "no"))) {
      assertThat(with(server, this::apply)).isInstanceOf(WriteResult.Unconfirmed.class);
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void aBusyServerNamesTheTime() throws IOException {
    try (var server =
        new PlayedServer(
            PlayedServer.status(429, "TooManyRequests", "{\"retryAfterSeconds\":7}"))) {
      assertThat(with(server, this::apply))
          .isEqualTo(new WriteResult.RetryAfter(Duration.ofSeconds(7), "words of the server"));
    }
  }

  @Test
  void aLostAnswerIsUnconfirmedAndNothingIsRepeated() throws IOException {
    try (var server = new PlayedServer(PlayedServer.HANG_UP)) {
      assertThat(with(server, this::createPod)).isInstanceOf(WriteResult.Unconfirmed.class);
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void aSilentServerIsUnconfirmed() throws IOException {
    try (var server = new PlayedServer()) {
      assertThat(with(server, this::createPod)).isInstanceOf(WriteResult.Unconfirmed.class);
    }
  }

  @Test
  void whatWasNotSentMayBeSentAgain() throws IOException {
    var server = new PlayedServer();
    server.close();
    try (var client = server.client(LIMIT)) {
      assertThat(createPod(api(client))).isInstanceOf(WriteResult.RetryAfter.class);
    }
  }

  @Test
  void aFiredSignalSendsNothing() throws IOException {
    stop.stop("test");
    try (var server = new PlayedServer()) {
      assertThatThrownBy(() -> with(server, this::createPod)).isInstanceOf(StoppedException.class);
      assertThat(server.requests).isEmpty();
    }
  }

  /// The client itself would wait for ten minutes.
  @Test
  void theSignalBreaksARequestThatIsNeverAnswered() throws Exception {
    try (var server = new PlayedServer();
        var client = server.client(Duration.ofMinutes(10));
        var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var api = api(client);
      var write =
          pool.submit(() -> {
            var result = createPod(api);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            return result;
          });
      server.silent.await();
      stop.stop("test");
      assertThat(write.get(5, TimeUnit.SECONDS)).isInstanceOf(WriteResult.Unconfirmed.class);
    }
  }

  @Test
  void theSignalEndsAReadThatIsNeverAnswered() throws Exception {
    try (var server = new PlayedServer();
        var client = server.client(Duration.ofMinutes(10));
        var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var read = pool.submit(() -> api(client).readTenant(stop, Samples.CLUSTER));
      server.silent.await();
      stop.stop("test");
      assertThatThrownBy(() -> read.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StoppedException.class);
    }
  }

  /// The answer to the first try was lost, the object is there.
  @Test
  void aVolumeThatIsOursAlreadyIsDone() throws IOException {
    var there = Claims.render(Samples.volume("a"));
    there.getMetadata().setUid("uid");
    there.getMetadata().setResourceVersion("7");
    try (var server = new PlayedServer(exists(), ok(there))) {
      assertThat(with(server, api -> api.createVolume(stop, Samples.volume("a"))))
          .isEqualTo(new WriteResult.Done());
      assertThat(sight.written).extracting(object -> object.getMetadata().getUid()).contains("uid");
    }
  }

  @Test
  void aVolumeOfSomebodyElseIsNotTaken() throws IOException {
    var there = Claims.render(Samples.volume("b"));
    there.getMetadata().setName(Samples.member("a").volumeName());
    there.getMetadata().setUid("uid");
    there.getMetadata().setResourceVersion("7");
    try (var server = new PlayedServer(exists(), ok(there))) {
      assertThat(with(server, api -> api.createVolume(stop, Samples.volume("a"))))
          .isInstanceOfSatisfying(
              WriteResult.Rejected.class,
              rejected -> assertThat(rejected.cause()).isEqualTo(Cause.ALREADY_EXISTS));
    }
  }

  @Test
  void whatIsAbsentIsCreated() throws IOException {
    sight.shown = false;
    try (var server = new PlayedServer(ok(new ServiceBuilder().build()))) {
      assertThat(with(server, this::applyService)).isEqualTo(new WriteResult.Done());
      assertThat(server.requests)
          .containsExactly("POST /api/v1/namespaces/shop/services?fieldManager=flotilla");
    }
  }

  /// The watch was late, or somebody else has made one of that name.
  @Test
  void whatIsNotAbsentAfterAllIsApplied() throws IOException {
    sight.shown = false;
    var service = ok(new ServiceBuilder().build());
    try (var server = new PlayedServer(exists(), service, service)) {
      assertThat(with(server, this::applyService)).isEqualTo(new WriteResult.Done());
      assertThat(server.requests).hasSize(3).last(STRING).startsWith("PATCH ");
    }
  }

  /// What an apply cannot put back is patched first.
  @Test
  void whatIsThereIsApplied() throws IOException {
    var service = ok(new ServiceBuilder().build());
    try (var server = new PlayedServer(service, service)) {
      assertThat(with(server, this::applyService)).isEqualTo(new WriteResult.Done());
      assertThat(server.requests)
          .satisfiesExactly(
              patch -> assertThat(patch).startsWith("PATCH ").doesNotContain("fieldManager"),
              apply -> assertThat(apply).startsWith("PATCH ").contains("fieldManager=flotilla"));
    }
  }

  /// A settings file that a later version has no more would stay if it had been created.
  @Test
  void settingsAreAlwaysApplied() throws IOException {
    sight.shown = false;
    try (var server = new PlayedServer(ok(new ConfigMapBuilder().build()))) {
      assertThat(with(server, this::apply)).isEqualTo(new WriteResult.Done());
      assertThat(server.requests).singleElement(STRING).startsWith("PATCH ");
    }
  }

  @Test
  void aTenantsSecretIsAbsentOnlyIfTheApiServerSaysSo() throws IOException {
    try (var server =
        new PlayedServer(PlayedServer.status(404, "NotFound", "{}"), new Answer(404, "no"))) {
      try (var client = server.client(LIMIT)) {
        var api = api(client);
        assertThat(api.readTenant(stop, Samples.CLUSTER))
            .isEqualTo(new Reading.Known<>(Optional.empty(), NOW));
        assertThat(api.readTenant(stop, Samples.CLUSTER)).isInstanceOf(Reading.Unknown.class);
      }
    }
  }

  @Test
  void aStatusThatSaysTheSameIsNotSent() throws IOException {
    var report = withoutPools(Samples.report("All is well."));
    sight.status =
        Optional.of(
            new Statuses(Samples.CLUSTER, 9200)
                .cluster(report, Optional.empty(), NOW.minusSeconds(60)));
    try (var server = new PlayedServer()) {
      with(server, api -> api.writeStatus(stop, Samples.CLUSTER, report));
      assertThat(server.requests).isEmpty();
    }
  }

  private static StatusReport withoutPools(StatusReport report) {
    return new StatusReport(
        report.generation(),
        report.phase(),
        report.reason(),
        report.conditions(),
        report.zones(),
        report.members(),
        List.of(),
        report.version(),
        report.engineUuid(),
        report.service());
  }

  private static Answer exists() {
    return PlayedServer.status(409, "AlreadyExists", "{}");
  }

  private static Answer ok(Object object) {
    return new Answer(200, new KubernetesSerialization().asJson(object));
  }

  private WriteResult apply(Fabric8KubeApi api) {
    return api.apply(stop, Samples.CLUSTER, Samples.config());
  }

  private WriteResult applyService(Fabric8KubeApi api) {
    return api.apply(stop, Samples.CLUSTER, new KeptObject.ClientService());
  }

  private WriteResult createPod(Fabric8KubeApi api) {
    return api.createPod(stop, Samples.pod("a"));
  }

  private WriteResult with(PlayedServer server, Function<Fabric8KubeApi, WriteResult> call) {
    try (var client = server.client(LIMIT)) {
      return call.apply(api(client));
    }
  }

  private Fabric8KubeApi api(KubernetesClient client) {
    return new Fabric8KubeApi(
        client, sight, new SampleEngine(), "flotilla-system", InstantSource.fixed(NOW));
  }
}
