package dev.flotilla.operator.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/// fabric8's HTTP client, which tells [KubeRequests] how each request ended.
///
/// The library's interceptors would be the shorter way, but with retries off they are not told of a
/// connection that fails, and of a watch that is refused they are told several times.
final class CountedClient implements HttpClient {

  private static final String NO_ANSWER = "error";

  private final HttpClient client;
  private final KubeRequests requests;

  CountedClient(HttpClient client, KubeRequests requests) {
    this.client = client;
    this.requests = requests;
  }

  /// Hands this client, as it is, to whoever builds a Kubernetes client.
  HttpClient.Factory factory() {
    return new Factory() {
      @Override
      public HttpClient.Builder newBuilder(Config config) {
        return newBuilder();
      }

      @Override
      public HttpClient.Builder newBuilder() {
        return new Ready(CountedClient.this);
      }
    };
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, Class<T> type) {
    return counted(request, client.sendAsync(request, type));
  }

  @Override
  public CompletableFuture<HttpResponse<AsyncBody>> consumeBytes(
      HttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    return counted(request, client.consumeBytes(request, consumer));
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return new CountedUpgrade(client.newWebSocketBuilder());
  }

  @Override
  public DerivedClientBuilder newBuilder() {
    return new Derived(client.newBuilder());
  }

  @Override
  public HttpRequest.Builder newHttpRequestBuilder() {
    return client.newHttpRequestBuilder();
  }

  @Override
  public boolean isClosed() {
    return client.isClosed();
  }

  @Override
  public void close() {
    client.close();
  }

  private <T> CompletableFuture<HttpResponse<T>> counted(
      HttpRequest request, CompletableFuture<HttpResponse<T>> answer) {
    count(RequestKind.of(request.method(), request.uri()), answer, HttpResponse::code);
    return answer;
  }

  /// A virtual thread waits for the end of the request; the caller waits for nothing.
  private <T> void count(RequestKind kind, CompletableFuture<T> answer, ToIntFunction<T> code) {
    Thread.ofVirtual()
        .name("flotilla-count")
        .start(() -> requests.ended(kind.verb(), kind.resource(), outcome(answer, code)));
  }

  private static <T> String outcome(CompletableFuture<T> answer, ToIntFunction<T> code) {
    try {
      return String.valueOf(code.applyAsInt(answer.get()));
    } catch (ExecutionException e) {
      return e.getCause() instanceof WebSocketHandshakeException refused
          ? String.valueOf(refused.getResponse().code())
          : NO_ANSWER;
    } catch (CancellationException e) {
      return NO_ANSWER;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  /// A watch that is about to begin.
  private final class CountedUpgrade implements WebSocket.Builder {

    private static final int SWITCHED = 101;

    private final WebSocket.Builder builder;
    private URI uri = URI.create("/");

    CountedUpgrade(WebSocket.Builder builder) {
      this.builder = builder;
    }

    @Override
    public CompletableFuture<WebSocket> buildAsync(WebSocket.Listener listener) {
      var socket = builder.buildAsync(listener);
      count(RequestKind.of("GET", uri), socket, open -> SWITCHED);
      return socket;
    }

    @Override
    public WebSocket.Builder uri(URI uri) {
      this.uri = uri;
      builder.uri(uri);
      return this;
    }

    @Override
    public WebSocket.Builder subprotocol(String protocol) {
      builder.subprotocol(protocol);
      return this;
    }

    @Override
    public WebSocket.Builder header(String name, String value) {
      builder.header(name, value);
      return this;
    }

    @Override
    public WebSocket.Builder setHeader(String name, String value) {
      builder.setHeader(name, value);
      return this;
    }

    @Override
    public WebSocket.Builder connectTimeout(long timeout, TimeUnit unit) {
      builder.connectTimeout(timeout, unit);
      return this;
    }
  }

  /// A client with other tags or interceptors is counted like the one it comes from.
  private final class Derived implements DerivedClientBuilder {

    private final DerivedClientBuilder builder;

    Derived(DerivedClientBuilder builder) {
      this.builder = builder;
    }

    @Override
    public HttpClient build() {
      return new CountedClient(builder.build(), requests);
    }

    @Override
    public DerivedClientBuilder addOrReplaceInterceptor(String name, Interceptor interceptor) {
      builder.addOrReplaceInterceptor(name, interceptor);
      return this;
    }

    @Override
    public DerivedClientBuilder authenticatorNone() {
      builder.authenticatorNone();
      return this;
    }

    @Override
    public DerivedClientBuilder tag(Object value) {
      builder.tag(value);
      return this;
    }
  }

  /// A builder with nothing left to build.
  private static final class Ready
      extends StandardHttpClientBuilder<HttpClient, HttpClient.Factory, Ready> {

    private final CountedClient ready;

    Ready(CountedClient ready) {
      super(ready.factory());
      this.ready = ready;
    }

    @Override
    public HttpClient build() {
      return ready;
    }

    @Override
    protected Ready newInstance(HttpClient.Factory factory) {
      return new Ready(ready);
    }
  }
}
