package dev.flotilla.operator.cli;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.drain.OnTimeout;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperation;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperationSpec;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperationStatus;
import dev.flotilla.crds.v1alpha1.operation.OperationType;
import dev.flotilla.crds.v1alpha1.operation.ProgressStatus;
import dev.flotilla.crds.v1alpha1.operation.TargetStatus;
import dev.flotilla.operator.cli.EveryVerbTest.Call;
import dev.flotilla.operator.cli.status.Fixtures;
import dev.flotilla.operator.core.Drawing;
import dev.flotilla.topology.model.MemberName;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an API server answers that has the database `shop/search` of three members, and operations
/// about it.
final class PlayedOperations {

  static final String PLACE = "/apis/flotilla.dev/v1alpha1/namespaces/shop/databaseoperations";
  static final String OPERATION = PLACE + "/drain-search-7f3k2";
  static final String MEMBER = Drawing.member("b1").value();

  private static final String CLUSTERS =
      "/apis/flotilla.dev/v1alpha1/namespaces/shop/databaseclusters";

  /// In which the member of zone b can go.
  static final String ROOM = "pool data wants 6\nempties\na: a1 a2\nb: b1 b2\nc: c1 c2\n";

  static final String NO_ROOM = ROOM + "explains b1 stay b1 by awareness\n";

  private static final DatabaseOperation DRAINING = told("Draining", "", "Draining");

  private static final String WAIT = " --wait -q --timeout 300ms";

  private PlayedOperations() {}

  /// How `drain` and `cancel` may end.
  static List<Call> calls() {
    var calls = new ArrayList<Call>();
    var drain = "drain shop/search " + MEMBER;
    calls.add(Call.of(PlayedOperations::named, 0, drain));
    calls.add(Call.of(PlayedOperations::named, 0, drain + " --dry-run"));
    calls.add(Call.of(server -> under(server, told("Draining", "", "Draining")), 0, drain));
    calls.add(Call.of(PlayedApiServer::close, 1, drain));
    calls.add(Call.of(PlayedOperations::room, 2, drain + " --wait --dry-run"));
    calls.add(Call.of(PlayedOperations::noRoom, 3, drain));
    calls.add(Call.of(PlayedOperations::room, 5, "drain shop/search nobody"));
    calls.add(Call.of(server -> server.refuse(403, "no"), 6, drain));
    var restart = "restart shop/search " + MEMBER;
    calls.add(Call.of(PlayedOperations::restartable, 0, restart));
    calls.add(Call.of(PlayedOperations::restartable, 0, restart + " --dry-run"));
    calls.add(Call.of(server -> under(server, restarting("Restarting", "")), 0, restart));
    calls.add(Call.of(PlayedApiServer::close, 1, restart));
    calls.add(Call.of(PlayedOperations::room, 2, restart + " --wait --dry-run"));
    calls.add(Call.of(server -> under(server, told("Draining", "", "Draining")), 3, restart));
    calls.add(Call.of(server -> going(server, restarting("Restarting", "")), 4, restart + WAIT));
    calls.add(Call.of(PlayedOperations::room, 5, "restart shop/search nobody"));
    calls.add(Call.of(server -> server.refuse(403, "no"), 6, restart));
    calls.add(
        Call.of(
            server -> interrupted(server, restarting("Restarting", "")),
            130,
            restart + " --wait -q"));
    calls.addAll(replacements());
    var cancel = "cancel shop/drain-search-7f3k2";
    calls.add(Call.of(server -> under(server, told("Draining", "", "Draining")), 0, cancel));
    calls.add(Call.of(PlayedOperations::none, 0, "cancel --all shop/search"));
    calls.add(Call.of(PlayedApiServer::close, 1, cancel));
    calls.add(Call.of(PlayedOperations::room, 2, "cancel"));
    calls.add(Call.of(server -> under(server, told("Removing", "", "Removing")), 7, cancel));
    calls.add(Call.of(PlayedOperations::none, 5, cancel));
    calls.add(Call.of(server -> server.refuse(403, "no"), 6, cancel));
    for (String words : List.of(drain, cancel)) {
      calls.add(Call.of(server -> going(server, DRAINING), 4, words + WAIT));
      calls.add(Call.of(server -> interrupted(server, DRAINING), 130, words + " --wait -q"));
    }
    calls.add(Call.of(server -> changed(server), 3, cancel));
    return calls;
  }

  /// How `replace` may end, and `drain` with the way out that does the same.
  private static List<Call> replacements() {
    var replace = "replace shop/search " + MEMBER;
    var preparing = replacing("Preparing", "");
    return List.of(
        Call.of(PlayedOperations::replaceable, 0, replace),
        Call.of(PlayedOperations::replaceable, 0, replace + " --dry-run"),
        Call.of(
            PlayedOperations::replaceable,
            0,
            "drain shop/search " + MEMBER + " --way replace-first"),
        Call.of(server -> under(server, preparing), 0, replace),
        Call.of(PlayedApiServer::close, 1, replace),
        Call.of(PlayedOperations::room, 2, replace + " --wait --dry-run"),
        Call.of(server -> under(server, restarting("Restarting", "")), 3, replace),
        Call.of(server -> going(server, preparing), 4, replace + WAIT),
        Call.of(PlayedOperations::room, 5, "replace shop/search nobody"),
        Call.of(server -> server.refuse(403, "no"), 6, replace),
        Call.of(server -> interrupted(server, preparing), 130, replace + " --wait -q"));
  }

  /// The member can go, and nothing is asked for yet.
  static void room(PlayedApiServer server) {
    none(server);
    PlayedOperator.sees(server, Drawing.situation(ROOM));
    server.answerWith("POST " + PLACE, sent -> made(sent));
  }

  /// The same for a replacement.
  private static void replaceable(PlayedApiServer server) {
    room(server);
    server.answerWith(
        "POST " + PLACE,
        sent -> made(sent.replaceAll("replace-search-[a-z0-9]{5}", "replace-search-7f3k2")));
  }

  /// The same for a restart.
  private static void restartable(PlayedApiServer server) {
    room(server);
    server.answerWith(
        "POST " + PLACE,
        sent -> made(sent.replaceAll("restart-search-[a-z0-9]{5}", "restart-search-7f3k2")));
  }

  /// The same, with an API server that gives each operation the same name.
  private static void named(PlayedApiServer server) {
    room(server);
    server.answerWith(
        "POST " + PLACE,
        sent -> made(sent.replaceAll("drain-search-[a-z0-9]{5}", "drain-search-7f3k2")));
  }

  static void noRoom(PlayedApiServer server) {
    room(server);
    PlayedOperator.sees(server, Drawing.situation(NO_ROOM));
  }

  /// The database alone.
  static void none(PlayedApiServer server) {
    database(server);
    server.answer(PLACE, list(List.of()));
  }

  private static void database(PlayedApiServer server) {
    var names = Stream.of("a1", "b1", "c1").map(Drawing::member).map(MemberName::value);
    databases(server, cluster(names));
  }

  /// There is a database `other`, too, with that member.
  static void another(PlayedApiServer server, String member) {
    var names = Stream.of("a1", "b1", "c1").map(Drawing::member).map(MemberName::value);
    var other = cluster(Stream.of(member));
    other.getMetadata().setName("other");
    databases(server, cluster(names), other);
  }

  private static DatabaseCluster cluster(Stream<String> members) {
    return Fixtures.cluster(
        members.map(Fixtures::member).toList(), Fixtures.conditions(Optional.empty(), ""));
  }

  private static void databases(PlayedApiServer server, DatabaseCluster... clusters) {
    server.answer(CLUSTERS + "/search", Serialization.asJson(clusters[0]));
    server.answer(
        CLUSTERS,
        """
        {"apiVersion": "flotilla.dev/v1alpha1", "kind": "DatabaseClusterList", "metadata": {},
         "items": [%s]}
        """
            .formatted(
                Stream.of(clusters).map(Serialization::asJson).collect(Collectors.joining(","))));
  }

  /// An operation is there.
  static void under(PlayedApiServer server, DatabaseOperation operation) {
    database(server);
    PlayedOperator.sees(server, Drawing.situation(ROOM));
    is(server, operation);
    server.answerWith("PATCH " + OPERATION, sent -> Serialization.asJson(cancelled(operation)));
  }

  /// It is like this from now on.
  static void is(PlayedApiServer server, DatabaseOperation operation) {
    server.answer(OPERATION, Serialization.asJson(operation));
    server.answer(PLACE, list(List.of(operation)));
  }

  /// It goes on for ever.
  private static void going(PlayedApiServer server, DatabaseOperation operation) {
    under(server, operation);
    server.watched(PLACE, Stream::of);
  }

  /// Whoever looks on is interrupted, as by Ctrl-C.
  private static void interrupted(PlayedApiServer server, DatabaseOperation operation) {
    under(server, operation);
    var looking = Thread.currentThread();
    server.watched(
        PLACE,
        () -> {
          looking.interrupt();
          return Stream.of();
        });
  }

  private static void changed(PlayedApiServer server) {
    under(server, told("Draining", "", "Draining"));
    server.answer(
        "PATCH " + OPERATION,
        409,
        """
        {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 409,
         "message": "the UID in the precondition does not fit"}
        """);
  }

  static String list(List<DatabaseOperation> operations) {
    return """
    {"apiVersion": "flotilla.dev/v1alpha1", "kind": "DatabaseOperationList",
     "metadata": {"resourceVersion": "7"}, "items": [%s]}
    """
        .formatted(operations.stream().map(Serialization::asJson).collect(Collectors.joining(",")));
  }

  /// What the API server makes of what was sent.
  static String made(String sent) {
    var operation = Serialization.unmarshal(sent, DatabaseOperation.class);
    operation.getMetadata().setUid("uid-of-made");
    operation.getMetadata().setResourceVersion("8");
    operation.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
    return Serialization.asJson(operation);
  }

  /// The operation as the operator tells of it.
  ///
  /// @param outcome empty for none
  /// @param state of its member
  static DatabaseOperation told(String phase, String outcome, String state) {
    return told(phase, outcome, state, null);
  }

  static DatabaseOperation told(
      String phase, String outcome, String state, @Nullable ProgressStatus progress) {
    var operation = operation(false);
    operation.setStatus(
        new DatabaseOperationStatus(
            1,
            phase,
            outcome.isEmpty() ? null : outcome,
            "Draining",
            "Data is moving away.",
            MEMBER,
            progress,
            List.of(new TargetStatus(MEMBER, state, "data-" + MEMBER)),
            List.of()));
    return operation;
  }

  /// A restart of the member, as the operator tells of it.
  static DatabaseOperation restarting(String phase, String outcome) {
    return of(
        OperationType.RESTART, told(phase, outcome, outcome.isEmpty() ? "Restarting" : outcome));
  }

  /// The member is being replaced, as the operator tells of it.
  static DatabaseOperation replacing(String phase, String outcome) {
    return of(OperationType.REPLACE, told(phase, outcome, outcome.isEmpty() ? phase : "Removed"));
  }

  private static DatabaseOperation of(OperationType type, DatabaseOperation operation) {
    var spec = operation.getSpec();
    operation.setSpec(
        new DatabaseOperationSpec(
            spec.clusterName(),
            type,
            spec.members(),
            spec.timeoutSeconds(),
            spec.onTimeout(),
            spec.cancel(),
            spec.why()));
    return operation;
  }

  static DatabaseOperation cancelled(DatabaseOperation operation) {
    var same = operation(true);
    same.setStatus(operation.getStatus());
    return same;
  }

  private static DatabaseOperation operation(boolean cancelled) {
    var operation = new DatabaseOperation();
    operation.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("drain-search-7f3k2")
            .withUid("uid-1")
            .withResourceVersion("7")
            .withCreationTimestamp("2026-01-01T00:00:00Z")
            .build());
    operation.setSpec(
        new DatabaseOperationSpec(
            "search",
            OperationType.DRAIN,
            List.of(MEMBER),
            7200,
            OnTimeout.HOLD,
            cancelled,
            "smaller nodes"));
    return operation;
  }
}
