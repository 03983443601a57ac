package dev.flotilla.operator.engine.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Cancellable;
import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import dev.flotilla.operator.port.StopSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// One HTTP client for the engines of all tenants: two threads and one pool of connections.
///
/// Each question goes to one host, once. The low-level client of Elasticsearch would repeat it to
/// other hosts if it knew several, also when the first one may have acted on it; so it never knows
/// more than one, and whoever asks chooses the next.
final class SharedClient implements AutoCloseable {

  private static final int THREADS = 2;

  /// More than are ever asked at once, so that hanging engines do not take another one's turn.
  private static final int MAX_CONNECTIONS = 1024;

  private static final int MAX_CONNECTIONS_TO_ONE = 4;
  private static final int MAX_HEADER_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 100;
  private static final Timeout CONNECT = Timeout.ofSeconds(2);
  private static final Timeout RESPONSE = Timeout.ofSeconds(5);
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  private final PoolingAsyncClientConnectionManager connections;
  private final CloseableHttpAsyncClient http;
  private final int port;

  /// @param tenants where hosts are, and whom to trust there
  SharedClient(KnownTenants tenants, int port) {
    this.port = port;
    this.connections =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setDnsResolver(tenants)
            .setTlsStrategy(tenants)
            .setMaxConnTotal(MAX_CONNECTIONS)
            .setMaxConnPerRoute(MAX_CONNECTIONS_TO_ONE)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(CONNECT)
                    .setSocketTimeout(RESPONSE)
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .build())
            .setDefaultTlsConfig(
                TlsConfig.custom()
                    .setHandshakeTimeout(CONNECT)
                    .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                    .build())
            .build();
    this.http =
        HttpAsyncClients.custom()
            .setConnectionManager(connections)
            .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(THREADS).build())
            .setHttp1Config(
                Http1Config.custom()
                    .setMaxLineLength(MAX_HEADER_LINE)
                    .setMaxHeaderCount(MAX_HEADERS)
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(CONNECT)
                    .setResponseTimeout(RESPONSE)
                    .setAuthenticationEnabled(false)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .evictIdleConnections(IDLE)
            .build();
    http.start();
  }

  /// A question to one member. Its password is never printed.
  ///
  /// @param host one of the names of [HostNames#of]
  /// @param password of the operator's log-in
  /// @param maxBytes the longest answer that is read
  record Question(String host, Call call, String password, int maxBytes) {
    @Override
    public String toString() {
      return "Question[host=%s, call=%s]".formatted(host, call);
    }
  }

  /// What is asked.
  ///
  /// @param path with its parameters
  /// @param json what is sent with it; empty if nothing is
  /// @param errand on whose behalf; empty if nobody needs to know
  record Call(String method, String path, String json, String errand) {

    static Call get(String path, String errand) {
      return new Call("GET", path, "", errand);
    }
  }

  /// What came back.
  sealed interface Answer {

    /// The body of a 200.
    record Content(byte[] body) implements Answer {}

    /// @param status any but 200
    record Refused(int status) implements Answer {}

    /// @param why one clause about the host, for people
    record None(String why) implements Answer {}
  }

  /// Asks once and waits for the answer, for as long as the patience lasts and the signal has not
  /// fired.
  Answer ask(StopSignal stop, Question question, Patience patience) {
    var answer = new ArrayBlockingQueue<Answer>(1);
    // Never closed: closing it would close the client that all tenants share.
    @SuppressWarnings("resource")
    var member =
        Rest5Client.builder(new HttpHost("https", question.host(), port))
            .setHttpClient(http)
            .setDefaultHeaders(new Header[] {logIn(question.password())})
            .build();
    Cancellable call = member.performRequestAsync(request(question), listener(answer));
    var registration =
        stop.onStop(() -> {
          answer.offer(new Answer.None("was not waited for"));
          call.cancel();
        });
    try {
      var came = answer.poll(patience.left().toNanos(), TimeUnit.NANOSECONDS);
      return came == null ? new Answer.None("did not answer in time") : came;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.None("was not waited for");
    } finally {
      registration.close();
      call.cancel();
    }
  }

  private static Header logIn(String password) {
    var credentials = TenantFiles.OPERATOR + ":" + password;
    var encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return new BasicHeader(HttpHeaders.AUTHORIZATION, "Basic " + encoded, true);
  }

  private static Request request(Question question) {
    var call = question.call();
    var request = new Request(call.method(), call.path());
    var options =
        RequestOptions.DEFAULT.toBuilder()
            .setHttpAsyncResponseConsumerFactory(() -> new PlainConsumer(question.maxBytes()));
    if (!call.errand().isEmpty()) {
      options.addHeader("X-Opaque-Id", call.errand());
    }
    request.setOptions(options.build());
    if (!call.json().isEmpty()) {
      request.setJsonEntity(call.json());
    }
    return request;
  }

  private static ResponseListener listener(BlockingQueue<Answer> answer) {
    return new ResponseListener() {
      @Override
      public void onSuccess(Response response) {
        answer.offer(answer(response));
      }

      @Override
      public void onFailure(Exception failure) {
        answer.offer(
            failure instanceof ResponseException refused
                ? new Answer.Refused(refused.getResponse().getStatusCode())
                : new Answer.None(Failures.clause(failure)));
      }
    };
  }

  private static Answer answer(Response response) {
    if (response.getStatusCode() != 200) {
      return new Answer.Refused(response.getStatusCode());
    }
    var entity = response.getEntity();
    if (entity == null) {
      return new Answer.None("answered nothing");
    }
    try (var content = entity.getContent()) {
      return new Answer.Content(content.readAllBytes());
    } catch (IOException e) {
      return new Answer.None(Failures.clause(e));
    }
  }

  /// Closes every connection that nobody uses at the moment.
  void closeIdle() {
    connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
  }

  @Override
  public void close() {
    http.close(CloseMode.GRACEFUL);
  }
}
