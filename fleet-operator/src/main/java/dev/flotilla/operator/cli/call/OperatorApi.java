package dev.flotilla.operator.cli.call;

import dev.flotilla.operator.document.ClusterPlan;
import dev.flotilla.operator.document.Document;
import dev.flotilla.operator.document.Documents;
import dev.flotilla.operator.document.PlanSheet;
import dev.flotilla.operator.document.StoreComparison;
import dev.flotilla.operator.document.StoreContents;
import dev.flotilla.operator.document.StoreRestored;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the acting operator answers. It is reached through the API server, whose rights decide: get
/// on the ConfigMap `operator-api`, and get or create on the proxy of the service `operator`.
///
/// Source: docs/adr/0015-plan-is-asked-of-the-operator.md
public final class OperatorApi {

  private static final String CONTENTS = "/v1/store/contents";
  private static final String SIGNPOST = "operator-api";
  private static final String WORD = "word";
  private static final String CERTIFICATE = "certificate";
  private static final String WORD_HEADER = "X-Flotilla-Word";

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;
  private final RawRequests requests;
  private final OperatorOptions options;
  private final Duration limit;

  /// @param limit how long the operator may take
  OperatorApi(
      KubernetesClient client, RawRequests requests, OperatorOptions options, Duration limit) {
    this.client = client;
    this.requests = requests;
    this.options = options;
    this.limit = limit;
  }

  /// What became of a question.
  ///
  /// @param <T> the answer
  public sealed interface Reply<T> {

    /// It was answered.
    record Answered<T>(T answer) implements Reply<T> {}

    /// The operator knows no such database.
    record Absent<T>() implements Reply<T> {}

    /// The specification cannot be used.
    record Illegal<T>(String message) implements Reply<T> {}

    /// Nobody answered, or the operator does not know, or the answer is not understood.
    ///
    /// @param why one clause
    record Unanswered<T>(String why) implements Reply<T> {}
  }

  /// What is made of an answer, or of the lack of one, for those who can do without.
  ///
  /// @param unknown is given why there is none, in one clause
  public static <T, R> R heard(
      Supplier<Reply<T>> question, Function<T, R> answered, Function<String, R> unknown) {
    try {
      return switch (question.get()) {
        case Reply.Answered<T>(var answer) -> answered.apply(answer);
        case Reply.Absent<T>() -> unknown.apply("the operator does not know the database yet");
        case Reply.Illegal<T>(var message) -> unknown.apply("nothing can be planned: " + message);
        case Reply.Unanswered<T>(var why) -> unknown.apply(why);
      };
    } catch (KubernetesClientException e) {
      return unknown.apply(
          switch (e.getCode()) {
            case UNAUTHORIZED, FORBIDDEN -> "you may not ask the operator";
            default -> "the operator gives no answer";
          });
    }
  }

  /// What the plan of a database is made from, as its document.
  ///
  /// @throws KubernetesClientException if the API server gives no answer, or the caller may not
  public Reply<String> view(String namespace, String name) {
    return ask("GET", path(namespace, name, "view"), Optional.empty(), Reply.Answered::new);
  }

  /// The plan of a database as it is.
  ///
  /// @throws KubernetesClientException if the API server gives no answer, or the caller may not
  public Reply<PlanSheet> plan(String namespace, String name) {
    return ask("GET", path(namespace, name, "plan"), Optional.empty(), OperatorApi::sheet);
  }

  /// The plan if a manifest were applied.
  ///
  /// @param manifest as JSON
  /// @throws KubernetesClientException if the API server gives no answer, or the caller may not
  public Reply<PlanSheet> suppose(String namespace, String name, String manifest) {
    return ask("POST", path(namespace, name, "plan"), Optional.of(manifest), OperatorApi::sheet);
  }

  /// The store beside what exists.
  ///
  /// @throws KubernetesClientException if the API server gives no answer, or the caller may not
  public Reply<StoreComparison> comparison() {
    return ask("GET", "/v1/store/comparison", Optional.empty(), read(StoreComparison.class));
  }

  /// Everything that is recorded.
  ///
  /// @throws KubernetesClientException if the API server gives no answer, or the caller may not
  public Reply<StoreContents> contents() {
    return ask("GET", CONTENTS, Optional.empty(), read(StoreContents.class));
  }

  /// Puts a backup back, which has been ordered in Kubernetes.
  ///
  /// @throws KubernetesClientException if the API server gives no answer, or the caller may not
  public Reply<StoreRestored> restore(StoreContents backup) {
    var body = Optional.of(Documents.json(backup));
    return ask("POST", CONTENTS, body, read(StoreRestored.class));
  }

  private static <T extends Document> Function<String, Reply<T>> read(Class<T> type) {
    return body -> {
      try {
        return new Reply.Answered<>(Documents.read(body, type));
      } catch (IllegalArgumentException e) {
        return new Reply.Unanswered<>("the operator sends what this version does not read");
      }
    };
  }

  private static String path(String namespace, String name, String what) {
    return "/v1/clusters/%s/%s/%s".formatted(namespace, name, what);
  }

  private <T> Reply<T> ask(
      String method, String path, Optional<String> body, Function<String, Reply<T>> read) {
    var place = options.namespace();
    // If this has no answer, it is the API server that failed, and not the operator.
    var signpost =
        Optional.ofNullable(client.configMaps().inNamespace(place).withName(SIGNPOST).get());
    if (signpost.isEmpty()) {
      return new Reply.Unanswered<>(
          "no operator acts in namespace %s: there is no ConfigMap %s".formatted(place, SIGNPOST));
    }
    RawRequests.Reply reply;
    try {
      reply = send(signpost.get(), method, path, body);
    } catch (KubernetesClientException e) {
      return new Reply.Unanswered<>("the operator cannot be reached: " + e.getMessage());
    }
    return reply(reply, read);
  }

  /// @throws KubernetesClientException if there is no answer, and only then
  private RawRequests.Reply send(
      ConfigMap signpost, String method, String path, Optional<String> body) {
    var headers = Map.of(WORD_HEADER, value(signpost, WORD));
    if (options.address().isPresent()) {
      return new PinnedServer(options.address().get(), value(signpost, CERTIFICATE), limit)
          .send(method, path, headers, body);
    }
    var proxy =
        "/api/v1/namespaces/%s/services/https:operator:api/proxy".formatted(options.namespace());
    return requests.send(method, proxy + path, headers, body);
  }

  private static String value(ConfigMap map, String key) {
    return Optional.ofNullable(map.getData()).map(data -> data.get(key)).orElse("");
  }

  /// Refusals of the operator are documents of its own; all others come from somebody on the way.
  private static <T> Reply<T> reply(RawRequests.Reply reply, Function<String, Reply<T>> read) {
    if (reply.status() == OK) {
      return read.apply(reply.body());
    }
    if (!reply.tree().path("kind").asText().equals("Refusal")) {
      if (reply.status() == FORBIDDEN || reply.status() == UNAUTHORIZED) {
        throw reply.refusal();
      }
      return new Reply.Unanswered<>("the operator cannot be reached: " + reply.message());
    }
    return switch (reply.status()) {
      case NOT_FOUND -> new Reply.Absent<>();
      case UNPROCESSABLE -> new Reply.Illegal<>(reply.message());
      default -> new Reply.Unanswered<>("the operator does not answer this: " + reply.message());
    };
  }

  private static Reply<PlanSheet> sheet(String body) {
    try {
      return new Reply.Answered<>(Documents.read(body, ClusterPlan.class).plan());
    } catch (IllegalArgumentException e) {
      return new Reply.Unanswered<>("the operator sends plans that this version does not read");
    }
  }
}
