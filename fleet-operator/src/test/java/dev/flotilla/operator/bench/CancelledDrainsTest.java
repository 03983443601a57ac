package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.v1alpha1.drain.OnTimeout;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperation;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperationSpec;
import dev.flotilla.crds.v1alpha1.operation.OperationType;
import dev.flotilla.operator.cli.CommandRun;
import dev.flotilla.operator.cli.PlayedApiServer;
import dev.flotilla.operator.core.status.OperationReport.Phase;
import dev.flotilla.operator.kube.render.OperationStatuses;
import dev.flotilla.topology.lifecycle.Deadline;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `flotilla cancel` while a whole operator drains a member that holds a hundred copies.
@Timeout(60)
class CancelledDrainsTest {

  private static final String PLACE =
      "/apis/flotilla.dev/v1alpha1/namespaces/shop/databaseoperations";
  private static final int MAX_ROUNDS = 1000;

  private final Bench bench = new Bench();
  private final PlayedApiServer server = new PlayedApiServer();
  private final CommandRun run = new CommandRun(server::config);
  private Bench.Running running = bench.prepare();

  @AfterEach
  void stop() {
    server.close();
  }

  @Tag("UX-12")
  @ParameterizedTest
  @ValueSource(ints = {0, 25, 50, 99})
  void cancelEndsWithTheProofThatNothingIsLeft(int percent) {
    var member = drained();
    var database = bench.engine.database(SEARCH);
    int all = database.count(member);
    assertThat(all).isGreaterThanOrEqualTo(100);
    until(() -> !database.listed().isEmpty());
    until(() -> 100 * (all - database.count(member)) >= percent * all);
    assertThat(100 * (all - database.count(member)) / all).isBetween(percent, percent + 2);
    var pods = bench.podNames();

    assertThat(run.run("cancel", "shop/drain-1", "--wait")).isZero();

    assertThat(run.out()).contains("Operation shop/drain-1 has ended: Cancelled.");
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("Every member serves as before, and nothing of it is left in the engine.");
    assertThat(database.listed()).isEmpty();
    assertThat(bench.podNames()).isEqualTo(pods).contains(member);
  }

  @Tag("UX-12")
  @Test
  void afterTheCommitPointItIsTooLateAndTheVolumeIsNamed() {
    var member = drained();
    until(() -> bench.told("drain-1").phase() == Phase.REMOVING);

    play(false);
    assertThat(run.run("cancel", "shop/drain-1", "--wait")).isEqualTo(7);

    assertThat(run.out()).contains("kubectl get persistentvolumeclaim -n shop data-" + member);
    assertThat(bench.cluster.claims(SEARCH).stream().map(Thing.Claim::name))
        .contains("data-" + member);
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));
  }

  /// A member of six that holds a hundred copies is asked to go.
  private String drained() {
    bench.apply(Specs.of(6));
    running = bench.start();
    bench.rest(running);
    bench.engine.database(SEARCH).store("orders", 300, 1);
    var member = bench.pod("b").draft().member().name().value();
    bench.ask("drain-1", Deadline.OnTimeout.HOLD, member);
    running.pass(SEARCH);
    play(false);
    server.answerWith(
        "PATCH " + PLACE + "/drain-1",
        sent -> {
          bench.cancel("drain-1");
          return operation(true);
        });
    server.watched(
        PLACE,
        () -> {
          until(() -> bench.told("drain-1").phase() == Phase.ENDED);
          return Stream.of(operation(true));
        });
    return member;
  }

  private void until(BooleanSupplier wanted) {
    for (int n = 0; n < MAX_ROUNDS; n++) {
      if (wanted.getAsBoolean()) {
        return;
      }
      running.pass(SEARCH);
      bench.turn();
      running.watch.deliver();
    }
    throw new AssertionError("not within time: " + bench.picture());
  }

  /// The API server has the operation as it is now.
  private void play(boolean cancelled) {
    server.answer(PLACE + "/drain-1", operation(cancelled));
    server.answer(
        PLACE,
        """
        {"apiVersion": "flotilla.dev/v1alpha1", "kind": "DatabaseOperationList",
         "metadata": {"resourceVersion": "7"}, "items": [%s]}
        """
            .formatted(operation(cancelled)));
  }

  private String operation(boolean cancelled) {
    var told = bench.told("drain-1");
    var operation = new DatabaseOperation();
    operation.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("drain-1")
            .withUid(told.uid())
            .withResourceVersion("7")
            .build());
    operation.setSpec(
        new DatabaseOperationSpec(
            "search",
            OperationType.DRAIN,
            told.members().stream().map(it -> it.name()).toList(),
            7200,
            OnTimeout.HOLD,
            cancelled,
            ""));
    operation.setStatus(
        OperationStatuses.next(told, Optional.empty(), bench.time.instant()).orElseThrow());
    return Serialization.asJson(operation);
  }
}
