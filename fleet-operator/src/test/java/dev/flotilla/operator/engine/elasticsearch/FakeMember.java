package dev.flotilla.operator.engine.elasticsearch;

import dev.flotilla.operator.port.MemberCertificate;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// A member's HTTP side as one likes it: it speaks TLS with a given certificate, and what it
/// answers to a request is up to the test.
final class FakeMember implements AutoCloseable {

  /// What a member does about a request.
  interface Conduct {
    void answer(Request request, OutputStream out) throws Exception;

    /// Answers 200 with one body for the health and one for the state.
    static Conduct saying(String health, String state) {
      return (request, out) ->
          send(out, 200, "", request.path().startsWith("/_cluster/health") ? health : state);
    }

    /// Answers everything with a status.
    static Conduct refusing(int status) {
      return (request, out) -> send(out, status, "", "{}");
    }
  }

  /// @param authorization empty if there is none
  /// @param errand on whose behalf; empty if it does not say
  record Request(String method, String path, String authorization, String errand, String body) {}

  private final SSLServerSocket server;
  private final Conduct conduct;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  /// @param address on the loopback
  /// @param port 0 for any
  FakeMember(String address, int port, MemberCertificate certificate, Conduct conduct) {
    this.conduct = conduct;
    try {
      server =
          (SSLServerSocket)
              context(certificate)
                  .getServerSocketFactory()
                  .createServerSocket(port, 50, InetAddress.ofLiteral(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /// Every request so far.
  List<Request> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var connection = server.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        // Closed: the loop ends by itself.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var reader =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      var line = reader.readLine();
      while (line != null) {
        var words = line.split(" ");
        var headers = new TreeMap<String, String>();
        while (!(line = reader.readLine()).isEmpty()) {
          var header = line.split(": ", 2);
          headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        }
        var body = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
        for (int read = 0; read < body.length; ) {
          read += reader.read(body, read, body.length - read);
        }
        var request =
            new Request(
                words[0],
                words[1],
                headers.getOrDefault("authorization", ""),
                headers.getOrDefault("x-opaque-id", ""),
                new String(body));
        requests.add(request);
        conduct.answer(request, connection.getOutputStream());
        line = reader.readLine();
      }
    } catch (Exception e) {
      // The other side went away, or the test had it so.
    }
  }

  static void send(OutputStream out, int status, String headers, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    out.write(
        "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(status, bytes.length, headers)
            .getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.flush();
  }

  private static SSLContext context(MemberCertificate certificate)
      throws GeneralSecurityException, IOException {
    var key =
        KeyFactory.getInstance("EC")
            .generatePrivate(
                new PKCS8EncodedKeySpec(
                    Base64.getMimeDecoder()
                        .decode(certificate.keyPem().replaceAll("-----[A-Z ]+-----", ""))));
    var chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(
                    certificate.certificatePem().getBytes(StandardCharsets.US_ASCII)))
            .toArray(Certificate[]::new);
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("member", key, new char[0], chain);
    var managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, new char[0]);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Override
  public void close() {
    try {
      server.close();
      for (var connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
