package dev.flotilla.operator.cli.operation;

import dev.flotilla.crds.v1alpha1.operation.DatabaseOperation;
import dev.flotilla.operator.cli.call.CallFailure;
import dev.flotilla.operator.cli.call.RawRequests;
import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.output.Exit;
import dev.flotilla.operator.cli.output.Problem;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The operations of one namespace, as the API server has them.
///
/// Everything here throws [KubernetesClientException] if the API server gives no answer, or the
/// caller may not.
record Operations(Session session, String namespace) {

  private static final String WRITER = "flotilla";

  private static final int SILENCE = 0;
  private static final int BAD = 400;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int FIRST_FAULT = 300;

  /// One by its name; empty if there is none.
  Optional<DatabaseOperation> get(String name) {
    return Optional.ofNullable(
        session
            .kube()
            .resources(DatabaseOperation.class)
            .inNamespace(namespace)
            .withName(name)
            .get());
  }

  /// Those about a database that have not ended, the oldest first.
  List<DatabaseOperation> open(String cluster) {
    return session
        .kube()
        .resources(DatabaseOperation.class)
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .filter(it -> it.getSpec().clusterName().equals(cluster))
        .filter(it -> !OperationSheet.of(it).isOver())
        .sorted((left, right) -> created(left).compareTo(created(right)))
        .toList();
  }

  private static String created(DatabaseOperation operation) {
    return Optional.ofNullable(operation.getMetadata().getCreationTimestamp()).orElse("");
  }

  /// Makes one.
  ///
  /// @param dryRun whether the API server only checks it
  /// @return as the API server has it
  /// @throws CallFailure if the API server refuses it, or gives no answer
  DatabaseOperation make(DatabaseOperation operation, boolean dryRun) {
    var serialization = session.kube().getKubernetesSerialization();
    var path =
        "/apis/flotilla.dev/v1alpha1/namespaces/%s/databaseoperations?fieldValidation=Strict&fieldManager=%s%s"
            .formatted(namespace, WRITER, dryRun ? "&dryRun=All" : "");
    RawRequests.Reply reply;
    try {
      reply = session.requests().send("POST", path, serialization.asJson(operation));
    } catch (KubernetesClientException e) {
      var name = operation.getMetadata().getName();
      throw new CallFailure(
          Exit.FAULT,
          Problem.of(
              "the API server gives no answer, so nobody knows whether operation %s/%s was made: %s"
                  .formatted(namespace, name, e.getMessage()),
              "kubectl get databaseoperation -n %s %s".formatted(namespace, name)));
    }
    if (reply.status() == BAD || reply.status() == UNPROCESSABLE) {
      throw new CallFailure(
          Exit.REFUSED, Problem.of("the API server refuses the operation: " + reply.message()));
    }
    if (reply.status() >= FIRST_FAULT) {
      throw reply.refusal();
    }
    return serialization.unmarshal(reply.body(), DatabaseOperation.class);
  }

  /// Takes one back, and no other that has its name meanwhile.
  ///
  /// @param dryRun whether the API server only checks that
  /// @return as the API server has it then
  /// @throws CallFailure if it is another one by now
  DatabaseOperation cancel(DatabaseOperation operation, boolean dryRun) {
    var kube = session.kube();
    var meta = operation.getMetadata();
    var patch =
        kube.getKubernetesSerialization()
            .asJson(
                Map.of("metadata", Map.of("uid", meta.getUid()), "spec", Map.of("cancel", true)));
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(WRITER)
            .withDryRun(dryRun ? List.of("All") : List.of())
            .build();
    try {
      return kube.resources(DatabaseOperation.class)
          .inNamespace(namespace)
          .withName(meta.getName())
          .patch(context, patch);
    } catch (KubernetesClientException e) {
      throw switch (e.getCode()) {
        case CONFLICT, UNPROCESSABLE ->
            new CallFailure(
                Exit.REFUSED,
                Problem.of(
                    "operation %s/%s is not what it was a moment ago: %s"
                        .formatted(namespace, meta.getName(), e.getMessage()),
                    "kubectl get databaseoperation -n %s %s".formatted(namespace, meta.getName())));
        case SILENCE ->
            new CallFailure(
                Exit.FAULT,
                Problem.of(
                    "the API server gives no answer, so nobody knows whether %s/%s is taken back"
                        .formatted(namespace, meta.getName()),
                    "%s cancel %s/%s   (once more; it does no harm)"
                        .formatted(session.program(), namespace, meta.getName())));
        default -> e;
      };
    }
  }
}
