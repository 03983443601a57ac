package dev.flotilla.chaos.lab;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority that lives as long as its cluster; its key is kept in memory only.
final class Authority {

  private static final Duration VALIDITY = Duration.ofDays(365);
  private static final Duration CLOCK_SLACK = Duration.ofHours(1);
  private static final int RSA_BITS = 2048;
  private static final int SERIAL_BITS = 128;

  private final X500Name name;
  private final KeyPair keys;
  private final X509Certificate certificate;
  private final SecureRandom random = new SecureRandom();

  /// Which kind of key a certificate gets.
  enum Algorithm {
    /// Small and made in no time.
    EC,
    /// For key files that clients of all kinds must be able to read: several, the Kubernetes client
    /// for Java among them, take every key in PKCS #8 for RSA.
    RSA
  }

  /// A certificate with its private key, both as PEM text.
  record Identity(String certificate, String key) {
    @Override
    public String toString() {
      return "Identity[certificate=" + certificate.length() + " characters]";
    }
  }

  Authority(String commonName) {
    name = new X500Name("CN=" + commonName);
    keys = newKeys(Algorithm.EC);
    certificate = sign(name, keys, List.of(), true);
  }

  /// The authority's own certificate as PEM text.
  String certificatePem() {
    return pem(certificate);
  }

  /// A new key and a certificate for it that serves as client and as server.
  ///
  /// @param subject such as `O=system:nodes,CN=system:node:node-a-1`
  /// @param names DNS names and IPv4 addresses that it is valid for as a server
  Identity issue(String subject, Algorithm algorithm, List<String> names) {
    KeyPair pair = newKeys(algorithm);
    return new Identity(
        pem(sign(new X500Name(subject), pair, names, false)), pem(privateKey(pair)));
  }

  /// A key pair without a certificate, as PEM text: private, public.
  static List<String> bareKeys() {
    KeyPair pair = newKeys(Algorithm.EC);
    return List.of(pem(privateKey(pair)), pem(pair.getPublic()));
  }

  private X509Certificate sign(X500Name subject, KeyPair pair, List<String> names, boolean isCa) {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(SERIAL_BITS, random),
            Date.from(now.minus(CLOCK_SLACK)),
            Date.from(now.plus(VALIDITY)),
            subject,
            pair.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
      if (isCa) {
        builder.addExtension(
            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      } else {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth}));
      }
      if (!names.isEmpty()) {
        var general = names.stream().map(Authority::generalName).toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(general));
      }
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GeneralName generalName(String text) {
    boolean address = text.chars().allMatch(c -> c == '.' || Character.isDigit(c));
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, text);
  }

  private static KeyPair newKeys(Algorithm algorithm) {
    try {
      return switch (algorithm) {
        case EC -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
          generator.initialize(new ECGenParameterSpec("secp256r1"));
          yield generator.generateKeyPair();
        }
        case RSA -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
          generator.initialize(RSA_BITS);
          yield generator.generateKeyPair();
        }
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object privateKey(KeyPair pair) {
    try {
      return new JcaPKCS8Generator(pair.getPrivate(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String pem(Object object) {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
