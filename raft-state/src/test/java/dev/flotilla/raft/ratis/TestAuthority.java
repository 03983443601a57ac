package dev.flotilla.raft.ratis;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes certificates for tests.
final class TestAuthority {

  private static final Duration DAY = Duration.ofDays(1);

  private final X500Name name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  TestAuthority(String name) throws GeneralSecurityException, IOException {
    this.name = new X500Name("CN=" + name);
    keys = newKeys();
    certificate = certificate(this.name, keys, Instant.now().plus(DAY), true, "");
  }

  /// What a voter of that name shows, and whom it believes.
  PeerTls of(String dnsName) throws GeneralSecurityException, IOException {
    return of(dnsName, Instant.now().plus(DAY));
  }

  PeerTls of(String dnsName, Instant end) throws GeneralSecurityException, IOException {
    var own = newKeys();
    var shown = certificate(new X500Name("CN=member"), own, end, false, dnsName);
    return PeerTls.of(
        pem("PRIVATE KEY", own.getPrivate().getEncoded()),
        pem("CERTIFICATE", shown.getEncoded()),
        pem("CERTIFICATE", certificate.getEncoded()));
  }

  X509ExtendedTrustManager trust() throws GeneralSecurityException, IOException {
    return of("nobody").trust();
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private X509Certificate certificate(
      X500Name subject, KeyPair own, Instant end, boolean authority, String dnsName)
      throws GeneralSecurityException, IOException {
    var draft =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(System.nanoTime()),
            Date.from(end.minus(DAY.multipliedBy(3))),
            Date.from(end),
            subject,
            own.getPublic());
    draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (!dnsName.isEmpty()) {
      draft.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, dnsName)));
    }
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(draft.build(signer));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
