package dev.flotilla.raft.ratis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;

/// What voters show each other, and whom they believe. Both are asked anew at each handshake, so
/// that certificates can change while a voter runs.
///
/// @param keys this voter's certificate, whose DNS name is the voter's, such as `zone-a.1`
/// @param trust the store's own authority, which nothing else has certificates of
public record PeerTls(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {

  private static final char[] IN_MEMORY = "in-memory".toCharArray();

  /// Made of what certificate authorities give out.
  ///
  /// @param keyPem private key on an elliptic curve, PKCS#8
  /// @param certificatePem of that key
  /// @param authorityPem whoever signed it, and everybody else's
  /// @throws IllegalArgumentException if they cannot be used
  public static PeerTls of(String keyPem, String certificatePem, String authorityPem) {
    try {
      var own = store();
      var chain = new Certificate[] {certificate(certificatePem)};
      own.setKeyEntry("voter", key(keyPem), IN_MEMORY, chain);
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, IN_MEMORY);
      var others = store();
      others.setCertificateEntry("authority", certificate(authorityPem));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(others);
      return new PeerTls(
          (X509ExtendedKeyManager) keys.getKeyManagers()[0],
          (X509ExtendedTrustManager) trust.getTrustManagers()[0]);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("a key or certificate of the store cannot be used", e);
    }
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, IN_MEMORY);
    return store;
  }

  private static Certificate certificate(String pem) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    var bytes = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]*-----", ""));
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
  }

  /// For Ratis' server and its client: both sides show a certificate, and neither has to speak what
  /// older software speaks.
  Parameters parameters() {
    var parameters = new Parameters();
    GrpcConfigKeys.TLS.setConf(
        parameters,
        GrpcTlsConfig.newBuilder()
            .setKeyManager(keys)
            .setTrustManager(trust)
            .setMutualTls(true)
            .setProtocols("TLSv1.3")
            .build());
    return parameters;
  }
}
