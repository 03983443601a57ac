package dev.flotilla.operator.certificate;

import dev.flotilla.operator.port.MemberCertificate;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// A certificate authority with elliptic-curve keys on P-256, for ten years. Never printed.
public final class Authority {

  /// The entry of a Secret with its certificate, as PEM.
  public static final String CERTIFICATE = "ca.crt";

  /// The entry of a Secret with its private key, PKCS#8 as PEM.
  public static final String KEY = "ca.key";

  private static final Duration OWN_VALIDITY = Duration.ofDays(3653);

  /// Certificates begin a little earlier than now, for members whose clock is behind ours.
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);

  private static final int SERIAL_BITS = 127;
  private static final String SIGNATURE = "SHA256withECDSA";

  private final X509CertificateHolder certificate;
  private final PrivateKey key;

  private Authority(X509CertificateHolder certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /// A new authority that certifies itself.
  ///
  /// @param unit what it belongs to, such as a namespace
  /// @param name what it is for
  public static Authority create(String unit, String name, SecureRandom random, Instant now) {
    try {
      var keys = newKeys(random);
      var subject =
          new X500NameBuilder(BCStyle.INSTANCE)
              .addRDN(BCStyle.O, "Flotilla")
              .addRDN(BCStyle.OU, unit)
              .addRDN(BCStyle.CN, name)
              .build();
      var draft =
          draft(
              subject,
              subject,
              keys.getPublic(),
              random,
              new Validity(start(now), start(now).plus(OWN_VALIDITY)));
      draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      draft.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      draft.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
      return new Authority(sign(draft, keys.getPrivate(), random), keys.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("a new certificate authority could not be made", e);
    }
  }

  /// The authority that the entries of a Secret hold.
  ///
  /// @throws IllegalStateException if they hold none; says nothing of the content, not even as
  ///   cause
  public static Authority read(Map<String, String> files) {
    var certificate = parse(files, CERTIFICATE, X509CertificateHolder.class);
    var info = parse(files, KEY, PrivateKeyInfo.class);
    try {
      return new Authority(certificate, new JcaPEMKeyConverter().getPrivateKey(info));
    } catch (IOException e) {
      throw damaged(KEY);
    }
  }

  /// It, as the entries of a Secret.
  public Map<String, String> files() {
    return Map.of(CERTIFICATE, certificatePem(), KEY, pem("PRIVATE KEY", key.getEncoded()));
  }

  /// A key and a certificate for one member, for serving and for calling other members.
  ///
  /// @param name the subject
  /// @param dnsNames every name by which the member may be called; never an address
  /// @param validity from now on; cut short where the authority itself ends
  public MemberCertificate issue(
      String name, List<String> dnsNames, Duration validity, SecureRandom random, Instant now) {
    try {
      var keys = newKeys(random);
      var ownEnd = certificate.getNotAfter().toInstant();
      var end = start(now).plus(CLOCK_SKEW).plus(validity);
      var lifetime = new Validity(start(now), end.isBefore(ownEnd) ? end : ownEnd);
      var subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
      var draft = draft(certificate.getSubject(), subject, keys.getPublic(), random, lifetime);
      var identifiers = new JcaX509ExtensionUtils();
      draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      draft.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      draft.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              dnsNames.stream()
                  .map(dns -> new GeneralName(GeneralName.dNSName, dns))
                  .toArray(GeneralName[]::new)));
      draft.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          identifiers.createSubjectKeyIdentifier(keys.getPublic()));
      draft.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(certificate));
      var leaf = sign(draft, key, random);
      return new MemberCertificate(
          pem("PRIVATE KEY", keys.getPrivate().getEncoded()),
          pem("CERTIFICATE", leaf.getEncoded()),
          certificatePem(),
          lifetime.end());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("a certificate for " + name + " could not be made", e);
    }
  }

  private String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException("a certificate that was read or made can be written", e);
    }
  }

  private record Validity(Instant begin, Instant end) {}

  /// X.509 has whole seconds.
  private static Instant start(Instant now) {
    return now.minus(CLOCK_SKEW).truncatedTo(ChronoUnit.SECONDS);
  }

  private static KeyPair newKeys(SecureRandom random) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder draft(
      X500Name issuer, X500Name subject, PublicKey key, SecureRandom random, Validity validity) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
        Date.from(validity.begin()),
        Date.from(validity.end()),
        subject,
        key);
  }

  private static X509CertificateHolder sign(
      X509v3CertificateBuilder draft, PrivateKey key, SecureRandom random)
      throws OperatorCreationException {
    return draft.build(new JcaContentSignerBuilder(SIGNATURE).setSecureRandom(random).build(key));
  }

  private static <T> T parse(Map<String, String> files, String file, Class<T> type) {
    try (var parser = new PEMParser(new StringReader(files.getOrDefault(file, "")))) {
      var content = parser.readObject();
      if (type.isInstance(content)) {
        return type.cast(content);
      }
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw damaged(file);
    }
    throw damaged(file);
  }

  private static IllegalStateException damaged(String file) {
    return new IllegalStateException("it holds no usable " + file);
  }

  private static String pem(String type, byte[] content) {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes everything", e);
    }
    return text.toString();
  }
}
