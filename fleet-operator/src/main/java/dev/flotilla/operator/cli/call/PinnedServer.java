package dev.flotilla.operator.cli.call;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// A server at an address, known by its very certificate: whatever name or tunnel leads to it,
/// nobody else is talked to.
final class PinnedServer {

  private final URI address;
  private final String certificate;
  private final Duration limit;

  /// @param certificate the one that it has to show, as PEM
  /// @param limit how long the answer may take
  PinnedServer(URI address, String certificate, Duration limit) {
    this.address = address;
    this.certificate = certificate;
    this.limit = limit;
  }

  /// @throws KubernetesClientException without a code if there is no answer; it says why in words
  RawRequests.Reply send(
      String method, String path, Map<String, String> headers, Optional<String> body) {
    try (var http = HttpClient.newBuilder().sslContext(pinned()).connectTimeout(limit).build()) {
      var request = HttpRequest.newBuilder(address.resolve(path)).timeout(limit);
      headers.forEach(request::header);
      request.method(
          method,
          body.map(HttpRequest.BodyPublishers::ofString)
              .orElse(HttpRequest.BodyPublishers.noBody()));
      var reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new RawRequests.Reply(reply.statusCode(), reply.body());
    } catch (IOException e) {
      throw new KubernetesClientException(Refusals.cause(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", e);
    }
  }

  private SSLContext pinned() {
    try {
      var wanted =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)));
      var context = SSLContext.getInstance("TLSv1.3");
      context.init(null, new TrustManager[] {new Pin(wanted)}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new KubernetesClientException(
          "the certificate in ConfigMap operator-api cannot be read", e);
    }
  }

  /// Believes one certificate, under any name. The server proves in the handshake that it has its
  /// key.
  private static final class Pin extends X509ExtendedTrustManager {

    private final X509Certificate wanted;

    private Pin(X509Certificate wanted) {
      this.wanted = wanted;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      if (chain.length != 1 || !chain[0].equals(wanted)) {
        throw new CertificateException("it is not the operator that put up ConfigMap operator-api");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("this is not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("this is not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("this is not a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
