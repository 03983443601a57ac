package dev.flotilla.chaos.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.chaos.lab.LabFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.util.Timeout;

/// A tenant at the tenant's own address: trusts the tenant's own authority and nobody else, holds
/// the address's host name against the certificate, and logs in.
public final class TenantClient implements AutoCloseable {

  private static final Timeout CONNECT = Timeout.ofSeconds(3);
  // The engine itself waits up to a minute for some answers.
  private static final Timeout ANSWER = Timeout.ofSeconds(90);
  private static final int ATTEMPTS = 3;
  private static final int FIRST_ERROR = 400;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI address;
  private final LogIn logIn;
  private final CloseableHttpClient http;

  /// @param address such as `https://search.shop.svc:9200`
  /// @param resolver from its host name to addresses
  public TenantClient(URI address, LogIn logIn, DnsResolver resolver) {
    this.address = address;
    this.logIn = logIn;
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(resolver)
            .setTlsSocketStrategy(
                ClientTlsStrategyBuilder.create()
                    .setSslContext(trusting(logIn.authority()))
                    .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
                    .setHostnameVerifier(new DefaultHostnameVerifier())
                    .buildClassic())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(CONNECT).build())
            .build();
    http =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(ANSWER).build())
            .disableAutomaticRetries()
            .build();
  }

  URI address() {
    return address;
  }

  /// Reads something. A member may go away under it, so it is tried on up to three connections.
  public JsonNode get(String path) {
    UncheckedIOException last = new UncheckedIOException(new IOException("not tried"));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return execute(ClassicRequestBuilder.get(address.resolve(path)).build());
      } catch (UncheckedIOException e) {
        last = e;
      }
    }
    throw last;
  }

  /// Sends something, once.
  ///
  /// @param method such as `PUT`
  public JsonNode send(String method, String path, byte[] body, ContentType type) {
    return execute(
        ClassicRequestBuilder.create(method)
            .setUri(address.resolve(path))
            .setEntity(body, type)
            .build());
  }

  /// Sends JSON, once.
  public JsonNode send(String method, String path, String json) {
    return send(method, path, json.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON);
  }

  private JsonNode execute(ClassicHttpRequest request) {
    request.setHeader(HttpHeaders.AUTHORIZATION, logIn.header());
    try {
      return http.execute(request, response -> answer(request, response));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode answer(ClassicHttpRequest request, ClassicHttpResponse response)
      throws IOException, ParseException {
    String text = EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8);
    if (response.getCode() >= FIRST_ERROR) {
      throw new LabFailure(
          "%s %s was answered with %d: %s"
              .formatted(
                  request.getMethod(),
                  request.getPath(),
                  response.getCode(),
                  text.substring(0, Math.min(text.length(), 300))),
          "./flotilla status");
    }
    return JSON.readTree(text);
  }

  private static SSLContext trusting(String pem) {
    try {
      KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
      authorities.load(null, null);
      authorities.setCertificateEntry(
          "tenant",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the tenant's authority cannot be used", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      http.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
