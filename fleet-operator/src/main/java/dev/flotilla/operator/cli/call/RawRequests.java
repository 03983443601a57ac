package dev.flotilla.operator.cli.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Requests to the API server as they are, for what the client has no words for: a manifest exactly
/// as somebody wrote it, and a service behind the API server.
public final class RawRequests {

  private static final String JSON = "application/json";
  private static final ObjectMapper TREES = new ObjectMapper();

  private final KubernetesClient client;
  private final Duration limit;

  RawRequests(KubernetesClient client, Duration limit) {
    this.client = client;
    this.limit = limit;
  }

  /// @param status of HTTP
  public record Reply(int status, String body) {

    /// The body as JSON; empty if it is none, as of somebody on the way.
    public JsonNode tree() {
      try {
        return TREES.readTree(body);
      } catch (JsonProcessingException e) {
        return TREES.createObjectNode();
      }
    }

    /// What a refusal says; in its place the status if it says nothing.
    public String message() {
      var said = tree().path("message").asText("");
      return said.isEmpty() ? "HTTP status " + status : said;
    }

    /// The refusal as the client has it of its own requests.
    public KubernetesClientException refusal() {
      var said = message();
      var details = tree().path("details");
      return new KubernetesClientException(
          said,
          status,
          new StatusBuilder()
              .withCode(status)
              .withMessage(said)
              .withNewDetails()
              .withKind(details.path("kind").asText(""))
              .withName(details.path("name").asText(""))
              .endDetails()
              .build());
    }
  }

  /// Asks for something.
  ///
  /// @param path with its leading slash
  public Reply get(String path) {
    return send("GET", path, Map.of(), Optional.empty());
  }

  /// @param method POST or PUT
  /// @param body JSON
  public Reply send(String method, String path, String body) {
    return send(method, path, Map.of(), Optional.of(body));
  }

  /// @param body JSON; empty for none
  /// @throws KubernetesClientException without a code if there is no answer in time; it says why in
  ///   words
  public Reply send(
      String method, String path, Map<String, String> headers, Optional<String> body) {
    HttpClient http = client.getHttpClient();
    var base = client.getMasterUrl().toString();
    HttpRequest.Builder request =
        http.newHttpRequestBuilder()
            .uri(base.substring(0, base.length() - (base.endsWith("/") ? 1 : 0)) + path);
    headers.forEach(request::header);
    var ready =
        body.isPresent()
            ? request.method(method, JSON, body.get())
            : request.method(method, JSON, null);
    var pending = http.sendAsync(ready.build(), String.class);
    try {
      HttpResponse<String> reply = pending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(reply.code(), Optional.ofNullable(reply.body()).orElse(""));
    } catch (ExecutionException e) {
      throw new KubernetesClientException(Refusals.cause(e), e.getCause());
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw new KubernetesClientException("nothing came within %d ms".formatted(limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      pending.cancel(true);
      throw new KubernetesClientException("interrupted", e);
    }
  }
}
