package dev.flotilla.raft.ratis;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
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
  private static final char[] NO_PASSWORD = {};

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
    var store = store();
    store.setKeyEntry("own", own.getPrivate(), NO_PASSWORD, new X509Certificate[] {shown});
    var factory = KeyManagerFactory.getInstance("NewSunX509");
    factory.init(
        new KeyStoreBuilderParameters(
            KeyStore.Builder.newInstance(store, new KeyStore.PasswordProtection(NO_PASSWORD))));
    return new PeerTls(only(factory.getKeyManagers(), X509ExtendedKeyManager.class), trust());
  }

  X509ExtendedTrustManager trust() throws GeneralSecurityException, IOException {
    var store = store();
    store.setCertificateEntry("authority", certificate);
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return only(factory.getTrustManagers(), X509ExtendedTrustManager.class);
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static <T> T only(Object[] managers, Class<T> type) {
    return Arrays.stream(managers).map(type::cast).findFirst().orElseThrow();
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
