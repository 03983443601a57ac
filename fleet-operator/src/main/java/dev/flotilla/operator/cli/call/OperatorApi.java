package dev.flotilla.operator.cli.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;

/// What the acting operator answers. It is reached through the API server, whose rights decide: get
/// on the ConfigMap `operator-api`, and get or create on the proxy of the service `operator`.
///
/// Source: docs/adr/0015-plan-is-asked-of-the-operator.md
public final class OperatorApi {

  private static final String SIGNPOST = "operator-api";
  private static final String WORD = "word";
  private static final String CERTIFICATE = "certificate";
  private static final String WORD_HEADER = "X-Flotilla-Word";

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int UNPROCESSABLE = 422;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final RawRequests requests;
  private final OperatorOptions options;

  OperatorApi(KubernetesClient client, RawRequests requests, OperatorOptions options) {
    this.client = client;
    this.requests = requests;
    this.options = options;
  }

  /// What became of a question.
  public sealed interface Reply {

    /// @param body the document
    record Answered(String body) implements Reply {}

    /// The operator knows no such database.
    record Absent() implements Reply {}

    /// The specification cannot be used.
    record Illegal(String message) implements Reply {}

    /// Nobody answered, or the operator does not know.
    ///
    /// @param why one clause
    record Unanswered(String why) implements Reply {}
  }

  /// @param what `view` or `plan`
  public Reply ask(String namespace, String name, String what) {
    return ask("GET", namespace, name, what, Optional.empty());
  }

  /// The plan if a manifest were applied.
  ///
  /// @param manifest as JSON
  public Reply suppose(String namespace, String name, String manifest) {
    return ask("POST", namespace, name, "plan", Optional.of(manifest));
  }

  private Reply ask(
      String method, String namespace, String name, String what, Optional<String> body) {
    var place = options.namespace();
    var signpost =
        Optional.ofNullable(client.configMaps().inNamespace(place).withName(SIGNPOST).get());
    if (signpost.isEmpty()) {
      return new Reply.Unanswered(
          "no operator acts in namespace %s: there is no ConfigMap %s".formatted(place, SIGNPOST));
    }
    var path = "/v1/clusters/%s/%s/%s".formatted(namespace, name, what);
    var headers = Map.of(WORD_HEADER, value(signpost.get(), WORD));
    return options.address().isPresent()
        ? reply(
            new PinnedServer(options.address().get(), value(signpost.get(), CERTIFICATE))
                .send(method, path, headers, body))
        : reply(
            requests.send(
                method,
                "/api/v1/namespaces/%s/services/https:operator:api/proxy%s".formatted(place, path),
                headers,
                body));
  }

  private static String value(ConfigMap map, String key) {
    return Optional.ofNullable(map.getData()).map(data -> data.get(key)).orElse("");
  }

  /// Refusals of the operator are documents of its own; all others come from somebody on the way.
  private static Reply reply(RawRequests.Reply reply) {
    if (reply.status() == OK) {
      return new Reply.Answered(reply.body());
    }
    var document = document(reply.body());
    var message = document.path("message").asText("");
    if (!document.path("kind").asText().equals("Refusal")) {
      if (reply.status() == FORBIDDEN || reply.status() == UNAUTHORIZED) {
        throw new KubernetesClientException(
            message,
            reply.status(),
            new StatusBuilder().withCode(reply.status()).withMessage(message).build());
      }
      return new Reply.Unanswered(
          "the operator cannot be reached: " + (message.isEmpty() ? reply.status() : message));
    }
    return switch (reply.status()) {
      case NOT_FOUND -> new Reply.Absent();
      case UNPROCESSABLE -> new Reply.Illegal(message);
      default -> new Reply.Unanswered("the operator does not answer this: " + message);
    };
  }

  private static JsonNode document(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }
}
