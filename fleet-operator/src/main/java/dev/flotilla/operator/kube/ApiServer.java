package dev.flotilla.operator.kube;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.WriteResult;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The requests that the operator makes, one attempt each, with their outcome as a value.
///
/// Whatever the API server answers a write with is shown to [Sight] before the write is reported.
public final class ApiServer {

  private static final long PAGE = 500;

  /// Server-side apply that takes back what others have set.
  static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(Labels.MANAGER)
          .withForce(true)
          .build();

  private static final String MANAGED = "?fieldManager=" + Labels.MANAGER;

  private final KubernetesClient client;
  private final Sight sight;
  private final InstantSource clock;

  /// @param client made by [KubeClients], so that nothing is sent twice
  public ApiServer(KubernetesClient client, Sight sight, InstantSource clock) {
    this.client = client;
    this.sight = sight;
    this.clock = clock;
  }

  /// Creates an object whose fields are ours from the beginning: the client's own `create` cannot
  /// name a field manager.
  public WriteResult create(StopSignal stop, HasMetadata object) {
    return write(
        stop,
        () -> {
          var answer = client.raw(collection(object) + MANAGED, "POST", object);
          return client.getKubernetesSerialization().unmarshal(answer, object.getClass());
        });
  }

  private static String collection(HasMetadata object) {
    var group = object.getApiVersion().contains("/") ? "/apis/" : "/api/";
    return "%s%s/namespaces/%s/%s"
        .formatted(
            group, object.getApiVersion(), object.getMetadata().getNamespace(), object.getPlural());
  }

  /// Server-side apply, taking back what others have set of the object's fields.
  WriteResult apply(StopSignal stop, HasMetadata object) {
    return write(stop, () -> client.resource(object).patch(APPLY));
  }

  /// Changes an object by a JSON patch; one that has gone stays gone.
  WriteResult patch(StopSignal stop, HasMetadata object, List<Map<String, Object>> patch) {
    var json = client.getKubernetesSerialization().asJson(patch);
    return write(stop, () -> client.resource(object).patch(PatchContext.of(PatchType.JSON), json));
  }

  WriteResult applyStatus(StopSignal stop, HasMetadata object) {
    return write(stop, () -> client.resource(object).subresource("status").patch(APPLY));
  }

  /// Writes a status into an object that server-side apply does not work on, because it was stored
  /// before today's schema and does not fit it.
  WriteResult mergeStatus(StopSignal stop, HasMetadata object, Object status) {
    var json = client.getKubernetesSerialization().asJson(Map.of("status", status));
    return write(
        stop,
        () ->
            client
                .resource(object)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), json));
  }

  /// Changes an object by a JSON merge patch, if it is still the one and at the version that was
  /// read.
  public WriteResult merge(StopSignal stop, HasMetadata read, Map<String, Object> change) {
    var meta = new LinkedHashMap<String, Object>();
    if (change.get("metadata") instanceof Map<?, ?> changed) {
      changed.forEach((key, value) -> meta.put(String.valueOf(key), value));
    }
    meta.put("uid", read.getMetadata().getUid());
    Optional.ofNullable(read.getMetadata().getResourceVersion())
        .ifPresent(version -> meta.put("resourceVersion", version));
    var patch = new LinkedHashMap<>(change);
    patch.put("metadata", meta);
    var json = client.getKubernetesSerialization().asJson(patch);
    return write(
        stop, () -> client.resource(read).patch(PatchContext.of(PatchType.JSON_MERGE), json));
  }

  /// Deletes a pod gracefully if it is the one with this uid and at this version. The client's own
  /// `delete` cannot name a uid.
  WriteResult deletePod(
      StopSignal stop, String namespace, String name, String uid, String resourceVersion) {
    return delete(stop, "pods", new Deleted(namespace, name, uid, resourceVersion));
  }

  /// What is deleted, and nothing else.
  record Deleted(String namespace, String name, String uid, String resourceVersion) {}

  /// @param plural of a kind without a group
  WriteResult delete(StopSignal stop, String plural, Deleted object) {
    var options =
        new DeleteOptionsBuilder()
            .withApiVersion("v1")
            .withKind("DeleteOptions")
            .withNewPreconditions(object.resourceVersion(), object.uid())
            .build();
    var path = "/api/v1/namespaces/%s/%s/%s".formatted(object.namespace(), plural, object.name());
    try {
      var answer = Request.run(stop, () -> client.raw(path, "DELETE", options));
      // The object itself if something still has to end, otherwise a Status.
      if (client.getKubernetesSerialization().unmarshal(answer) instanceof HasMetadata ending) {
        sight.written(ending);
      }
      return new WriteResult.Done();
    } catch (KubernetesClientException e) {
      return Faults.ofWrite(e);
    }
  }

  /// One object as the API server has it now.
  public <T extends HasMetadata> Reading<Optional<T>> get(
      StopSignal stop, Class<T> type, String namespace, String name) {
    try {
      var found = Request.run(stop, () -> require(type, namespace, name));
      return new Reading.Known<>(Optional.of(found), clock.instant());
    } catch (KubernetesClientException e) {
      stop.throwIfStopped();
      return Faults.isAbsent(e)
          ? new Reading.Known<>(Optional.empty(), clock.instant())
          : new Reading.Unknown<>(Faults.message(e));
    }
  }

  /// The client's own `get` takes any 404 for "there is none", also that of a proxy which has never
  /// asked; a tenant whose Secret was taken for absent would be founded a second time.
  private <T extends HasMetadata> T require(Class<T> type, String namespace, String name) {
    try {
      return client.resources(type).inNamespace(namespace).withName(name).require();
    } catch (ResourceNotFoundException e) {
      throw e.getCause() instanceof KubernetesClientException fault ? fault : e;
    }
  }

  /// All objects that carry a label, as the API server has them now: no resourceVersion is named,
  /// so that no cache may answer.
  <T extends HasMetadata> Reading<List<T>> list(
      StopSignal stop, Class<T> type, String namespace, Map<String, String> labels) {
    var items = new ArrayList<T>();
    var page = new ListOptionsBuilder().withLimit(PAGE);
    try {
      String next;
      do {
        var options = page.build();
        var list =
            Request.run(
                stop,
                () ->
                    client.resources(type).inNamespace(namespace).withLabels(labels).list(options));
        items.addAll(list.getItems());
        next = Optional.ofNullable(list.getMetadata().getContinue()).orElse("");
        page.withContinue(next);
      } while (!next.isEmpty());
      return new Reading.Known<>(items, clock.instant());
    } catch (KubernetesClientException e) {
      stop.throwIfStopped();
      return new Reading.Unknown<>(Faults.message(e));
    }
  }

  private WriteResult write(StopSignal stop, Supplier<? extends HasMetadata> call) {
    try {
      sight.written(Request.run(stop, call::get));
      return new WriteResult.Done();
    } catch (KubernetesClientException e) {
      return Faults.ofWrite(e);
    }
  }
}
