package dev.flotilla.operator.api;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// Who the operator is to those who ask it, and what they have to show: a certificate that
/// certifies itself and a word that has to be said. Both live as long as the process; the private
/// key never leaves it. Never printed.
///
/// Source: docs/adr/0015-plan-is-asked-of-the-operator.md
public final class ServerIdentity {

  /// Longer than any process runs.
  private static final Duration VALIDITY = Duration.ofDays(3653);

  private static final Duration CLOCK_SKEW = Duration.ofHours(1);
  private static final int SERIAL_BITS = 127;
  private static final int WORD_BYTES = 24;
  private static final char[] IN_MEMORY = "in-memory".toCharArray();

  private final SSLContext tls;
  private final String certificate;
  private final String word;

  private ServerIdentity(SSLContext tls, String certificate, String word) {
    this.tls = tls;
    this.certificate = certificate;
    this.word = word;
  }

  /// A new one.
  public static ServerIdentity create(SecureRandom random, Instant now) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      var keys = generator.generateKeyPair();
      var certificate = certify(keys, random, now);
      var bytes = new byte[WORD_BYTES];
      random.nextBytes(bytes);
      return new ServerIdentity(
          tls(keys, certificate, random),
          pem(certificate),
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("a certificate could not be made", e);
    }
  }

  /// The certificate, as PEM, to be held against what the server shows.
  public String certificate() {
    return certificate;
  }

  /// What has to be said to be answered.
  public String word() {
    return word;
  }

  SSLContext tls() {
    return tls;
  }

  private static X509Certificate certify(KeyPair keys, SecureRandom random, Instant now)
      throws OperatorCreationException, GeneralSecurityException {
    var name = new X500Name("CN=flotilla-operator");
    var draft =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(now.plus(VALIDITY)),
            name,
            keys.getPublic());
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").setSecureRandom(random);
    return new JcaX509CertificateConverter()
        .getCertificate(draft.build(signer.build(keys.getPrivate())));
  }

  private static SSLContext tls(KeyPair keys, X509Certificate certificate, SecureRandom random)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, IN_MEMORY);
    store.setKeyEntry("operator", keys.getPrivate(), IN_MEMORY, new Certificate[] {certificate});
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, IN_MEMORY);
    var context = SSLContext.getInstance("TLSv1.3");
    context.init(managers.getKeyManagers(), null, random);
    return context;
  }

  private static String pem(X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject("CERTIFICATE", certificate.getEncoded()));
    }
    return text.toString();
  }
}
