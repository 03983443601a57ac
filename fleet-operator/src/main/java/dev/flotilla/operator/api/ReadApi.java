package dev.flotilla.operator.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.flotilla.operator.core.plan.Forecast;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.document.ClusterPlan;
import dev.flotilla.operator.document.Document;
import dev.flotilla.operator.document.Documents;
import dev.flotilla.operator.document.PlanSheet;
import dev.flotilla.operator.document.Refusal;
import dev.flotilla.operator.document.StoreContents;
import dev.flotilla.operator.port.Glance;
import dev.flotilla.operator.wire.ViewFile;
import dev.flotilla.topology.model.ClusterRef;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers over HTTPS what the operator sees and what it will do.
///
/// - `GET /v1/clusters/NAMESPACE/NAME/view`: the view, as docs/reference/schema/ClusterView.json
/// - `GET /v1/clusters/NAMESPACE/NAME/plan`: the plan, as docs/reference/schema/ClusterPlan.json
/// - `POST` to the same: the plan if the `DatabaseCluster` in the body were applied
/// - `GET /v1/store/comparison`: the store beside what exists
/// - `GET /v1/store/contents`: all that is recorded; `POST` puts it back if a person has ordered
///   just that in the ConfigMap `flotilla-store`
///
/// Whoever asks has to say the word that the operator publishes, so that the rights in Kubernetes
/// decide also for those who reach the port without the API server. A refusal is a document, too,
/// so that it can be told from one of the API server's on the way.
///
/// Source: docs/adr/0015-plan-is-asked-of-the-operator.md; UX-8 in docs/requirements.md.
public final class ReadApi implements AutoCloseable {

  /// The header with the word.
  public static final String WORD_HEADER = "X-Flotilla-Word";

  private static final Logger LOG = LoggerFactory.getLogger(ReadApi.class);

  private static final Pattern PATH =
      Pattern.compile("/v1/clusters/(?<namespace>[^/]+)/(?<name>[^/]+)/(?<what>view|plan)");

  private static final String COMPARISON = "/v1/store/comparison";
  private static final String CONTENTS = "/v1/store/contents";

  private static final int OK = 200;
  private static final int BAD = 400;
  private static final int NOT_ALLOWED = 401;
  private static final int ABSENT = 404;
  private static final int WRONG_METHOD = 405;
  private static final int ILLEGAL = 422;
  private static final int FAULT = 500;
  private static final int BLIND = 503;

  /// As much as the API server takes.
  private static final int MAX_BODY = 3 * 1024 * 1024;

  /// Some hundred thousand members.
  private static final int MAX_BACKUP = 64 * 1024 * 1024;

  private static final int AT_ONCE = 8;
  private static final long PATIENCE_SECONDS = 5;

  private final HttpsServer server;
  private final Eyes eyes;
  private final StoreDesk desk;
  private final byte[] word;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /// @param port 0 takes a free one
  /// @throws IOException if the port is taken
  public ReadApi(int port, ServerIdentity identity, Eyes eyes, StoreDesk desk) throws IOException {
    this.eyes = eyes;
    this.desk = desk;
    word = identity.word().getBytes(StandardCharsets.UTF_8);
    server = HttpsServer.create(new InetSocketAddress(port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity.tls()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /// Where it listens.
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /// @param body of the answer, JSON
  private record Reply(int status, String body) {

    static Reply refused(int status, String message) {
      return new Reply(status, Documents.json(new Refusal(message)));
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var reply = reply(exchange);
      var body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    var said = Optional.ofNullable(exchange.getRequestHeaders().getFirst(WORD_HEADER)).orElse("");
    if (!MessageDigest.isEqual(word, said.getBytes(StandardCharsets.UTF_8))) {
      return Reply.refused(
          NOT_ALLOWED,
          "say the word that stands in the ConfigMap operator-api; it may have changed");
    }
    try {
      if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return Reply.refused(BLIND, "too many ask at once");
      }
      try {
        return told(exchange);
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.refused(BLIND, "the operator is stopping");
    } catch (RuntimeException e) {
      LOG.atError().setMessage("a question could not be answered").setCause(e).log();
      return Reply.refused(FAULT, "the operator failed on this; its log says why");
    }
  }

  private Reply told(HttpExchange exchange) throws IOException {
    var method = exchange.getRequestMethod();
    return switch (exchange.getRequestURI().getPath()) {
      case COMPARISON -> method.equals("GET") ? told(desk.compare()) : wrongMethod();
      case CONTENTS ->
          switch (method) {
            case "GET" -> told(desk.contents());
            case "POST" -> restored(exchange);
            default -> wrongMethod();
          };
      default -> toldOfCluster(exchange);
    };
  }

  private static Reply told(Reading<? extends Document> reading) {
    return switch (reading) {
      case Reading.Known<? extends Document>(var document, var at) ->
          new Reply(OK, Documents.json(document));
      case Reading.Unknown<? extends Document>(var why) -> Reply.refused(BLIND, why);
    };
  }

  private Reply restored(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readNBytes(MAX_BACKUP + 1);
    if (body.length > MAX_BACKUP) {
      return Reply.refused(BAD, "the backup is larger than 64 MiB");
    }
    try {
      var backup = Documents.read(new String(body, StandardCharsets.UTF_8), StoreContents.class);
      return backup.isSound()
          ? told(desk.restore(backup))
          : Reply.refused(ILLEGAL, "the backup is damaged, or of another version");
    } catch (IllegalArgumentException e) {
      return Reply.refused(ILLEGAL, "this is no backup of a store: " + e.getMessage());
    }
  }

  private Reply toldOfCluster(HttpExchange exchange) throws IOException {
    var path = PATH.matcher(exchange.getRequestURI().getPath());
    if (!path.matches()) {
      return Reply.refused(ABSENT, "there is nothing at this path");
    }
    var cluster = cluster(path.group("namespace"), path.group("name"));
    if (cluster.isEmpty()) {
      return Reply.refused(BAD, "no cluster can have this name");
    }
    boolean plan = path.group("what").equals("plan");
    return switch (exchange.getRequestMethod()) {
      case "GET" -> told(eyes.look(cluster.get()), plan);
      case "POST" -> plan ? supposed(cluster.get(), exchange) : wrongMethod();
      default -> wrongMethod();
    };
  }

  private Reply supposed(ClusterRef cluster, HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    return body.length > MAX_BODY
        ? Reply.refused(BAD, "the manifest is larger than 3 MiB")
        : told(eyes.suppose(cluster, new String(body, StandardCharsets.UTF_8)), true);
  }

  private static Reply wrongMethod() {
    return Reply.refused(WRONG_METHOD, "a view can only be read; a plan can also be asked by POST");
  }

  private static Reply told(Glance glance, boolean plan) {
    return switch (glance) {
      case Glance.Absent absent -> Reply.refused(ABSENT, "there is no such database");
      case Glance.Illegal(var message) -> Reply.refused(ILLEGAL, message);
      case Glance.Blind(var why) -> Reply.refused(BLIND, why);
      case Glance.Seen(var view) ->
          new Reply(
              OK,
              plan
                  ? Documents.json(new ClusterPlan(PlanSheet.of(view, Forecast.of(view))))
                  : ViewFile.json(view));
    };
  }

  private static Optional<ClusterRef> cluster(String namespace, String name) {
    try {
      return Optional.of(new ClusterRef(namespace, name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
