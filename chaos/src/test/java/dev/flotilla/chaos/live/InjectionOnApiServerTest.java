package dev.flotilla.chaos.live;

import static dev.flotilla.chaos.live.ApiWorld.uids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Webhooks that put something into everything that the operator makes: what stands there is never
/// what was asked for, and that is no reason to make or to write it again.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectionOnApiServerTest {

  /// As often as in two hours without any event.
  private static final int PASSES = 20;

  private ApiWorld world;
  private InjectingWebhook webhook;
  private DetouredOperator own;

  @BeforeAll
  void start(@TempDir Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    world = ApiWorld.start();
    webhook = InjectingWebhook.start(world.client, folder);
    own = DetouredOperator.on(world);
  }

  @AfterAll
  void end() throws IOException {
    try (var _ = world;
        var _ = webhook;
        var _ = own) {
      // ends what was started; what was not is null
    }
  }

  @Test
  @Tag("R43")
  void whatIsInjectedIsNeverAReasonToWriteOrToMakeAnythingAgain()
      throws IOException, InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    assertThat(world.pods(place)).allMatch(InjectionOnApiServerTest::isInjected);
    var pods = uids(world.pods(place));
    own.close();
    own.start();
    lookAgain(place, 3);
    world.settle(place, 3);
    lookAgain(place, 3);
    long mark = world.audit.mark();

    lookAgain(place, PASSES);

    assertThat(writes(place, mark)).isEmpty();
    assertThat(uids(world.pods(place))).isEqualTo(pods);
  }

  /// Its engine runs, whatever goes on beside it.
  @Test
  @Tag("R43")
  void aSickSidecarEndsNoMember() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    var pods = uids(world.pods(place));
    world.pods(place).forEach(this::sayProxyIsSick);
    world.until(place, () -> world.status(place).contains("PodFailed"));
    lookAgain(place, PASSES);

    assertThat(uids(world.pods(place))).isEqualTo(pods);
  }

  @Test
  @Tag("R43")
  void aLostPodIsMadeOnce() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    long mark = world.audit.mark();

    world.losePod(place, "b");
    world.settle(place, 3);
    lookAgain(place, 3);

    assertThat(world.pods(place)).allMatch(InjectionOnApiServerTest::isInjected);
    assertThat(
            AuditLog.count(
                world.audit.since(mark, place.namespace()),
                request -> request.isByTheOperator() && request.makesOrEndsABody()))
        .isEqualTo(Map.of("create pods", 1));
  }

  private static boolean isInjected(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getName().equals(InjectingWebhook.PROXY);
  }

  private Map<String, Integer> writes(ClusterRef place, long mark) {
    return AuditLog.count(
        world.audit.since(mark, place.namespace()),
        request -> request.isByTheOperator() && request.isWrite());
  }

  /// Lets the operator look at the cluster some more times, as events about its pods do.
  private void lookAgain(ClusterRef place, int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      long passes = own.operator().passes();
      world
          .client
          .pods()
          .resource(world.pods(place).getFirst())
          .edit(pod ->
              new PodBuilder(pod)
                  .editMetadata()
                  .addToAnnotations("example.org/look", String.valueOf(passes))
                  .endMetadata()
                  .build());
      world.until(place, () -> own.operator().passes() > passes);
    }
  }

  private void sayProxyIsSick(Pod pod) {
    world.kubelets.report(
        pod,
        FakeKubelets.waiting(InjectingWebhook.PROXY, "example.org/mesh:1", "CrashLoopBackOff"),
        FakeKubelets.running("engine", "example.org/engine:1"));
  }
}
