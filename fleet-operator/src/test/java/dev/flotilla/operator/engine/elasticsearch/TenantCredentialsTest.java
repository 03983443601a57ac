package dev.flotilla.operator.engine.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.operator.port.MemberCertificate;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.TenantId;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TenantCredentialsTest {

  private final TenantCredentials credentials = credentials(1);
  private final TenantSecret secret = credentials.found(Shop.SEARCH, Shop.TENANT);
  private final MemberCertificate leaf = credentials.issue(secret, Shop.member("a"));

  private static TenantCredentials credentials(long seed) {
    return new TenantCredentials(new SeededRandom(seed), InstantSource.fixed(Shop.NOW));
  }

  @Test
  void aNewTenantHasAnAuthorityAndTwoLogIns() {
    assertThat(secret.tenant()).isEqualTo(Shop.TENANT);
    assertThat(secret.formed()).isEmpty();
    assertThat(secret.files())
        .containsOnlyKeys(
            "ca.crt", "ca.key", "operator-password", "password", "username", "users", "users_roles")
        .containsEntry("username", "admin")
        .containsEntry("users_roles", "superuser:flotilla,admin\n");
    assertThat(secret.files().get("password"))
        .matches("[A-Za-z2-9]{24}")
        .isNotEqualTo(secret.files().get("operator-password"));
  }

  @Test
  void theSameRandomnessGivesTheSameSecretsAndAnotherOneNone() {
    assertThat(credentials(1).found(Shop.SEARCH, Shop.TENANT)).isEqualTo(secret);
    assertThat(credentials(2).found(Shop.SEARCH, Shop.TENANT).files())
        .allSatisfy((key, value) -> {
          if (!Set.of("username", "users_roles").contains(key)) {
            assertThat(value).isNotEqualTo(secret.files().get(key));
          }
        });
  }

  @Test
  void theEngineAcceptsThePasswords() throws Exception {
    var lines = secret.files().get("users").lines().toList();

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("flotilla:");
    assertHashOf(lines.get(0), secret.files().get("operator-password"));
    assertThat(lines.get(1)).startsWith("admin:");
    assertHashOf(lines.get(1), secret.files().get("password"));
  }

  /// Computes PBKDF2 (RFC 8018) from HMAC alone, as somebody else would.
  private static void assertHashOf(String line, String password) throws Exception {
    var hash = line.substring(line.indexOf(':') + 1);
    assertThat(hash).startsWith("{PBKDF2}1000$");
    var parts = hash.substring("{PBKDF2}".length()).split("\\$");
    var salt = Base64.getDecoder().decode(parts[1]);
    assertThat(salt).hasSize(32);
    var mac = Mac.getInstance("HmacSHA512");
    mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
    var block = mac.doFinal(ByteBuffer.allocate(36).put(salt).putInt(1).array());
    var key = block.clone();
    for (int round = 1; round < Integer.parseInt(parts[0]); round++) {
      block = mac.doFinal(block);
      for (int i = 0; i < key.length; i++) {
        key[i] ^= block[i];
      }
    }
    assertThat(Base64.getDecoder().decode(parts[2])).isEqualTo(Arrays.copyOf(key, 32));
  }

  @Test
  void aCertificateChainsToTheTenantsAuthorityAndToNoOther() throws Exception {
    var stranger = credentials(2).found(Shop.SEARCH, new TenantId("other"));

    validate(leaf, secret.files().get("ca.crt"), Shop.NOW);
    assertThat(leaf.authorityPem()).isEqualTo(secret.files().get("ca.crt"));
    assertThatThrownBy(() -> validate(leaf, stranger.files().get("ca.crt"), Shop.NOW))
        .isInstanceOf(CertPathValidatorException.class);
  }

  @Test
  void aCertificateLastsAYearFromNowAndTheAuthorityTen() throws Exception {
    var authority = certificate(secret.files().get("ca.crt"));

    assertThat(leaf.expires()).isEqualTo(Shop.NOW.plus(Duration.ofDays(365)));
    assertThat(certificate(leaf.certificatePem()).getNotAfter().toInstant())
        .isEqualTo(leaf.expires());
    assertThat(authority.getNotAfter().toInstant())
        .isBetween(Instant.parse("2036-11-20T00:00:00Z"), Instant.parse("2036-11-23T00:00:00Z"));
    assertThat(authority.getBasicConstraints()).isZero();
    assertThatThrownBy(() ->
            validate(leaf, secret.files().get("ca.crt"), leaf.expires().plus(Duration.ofDays(1))))
        .isInstanceOf(CertPathValidatorException.class);
  }

  @Test
  void noCertificateOutlivesItsAuthority() throws Exception {
    var late =
        new TenantCredentials(
            new SeededRandom(3), InstantSource.fixed(Instant.parse("2036-06-01T00:00:00Z")));

    var end = certificate(secret.files().get("ca.crt")).getNotAfter().toInstant();

    assertThat(late.issue(secret, Shop.member("a")).expires()).isEqualTo(end);
  }

  @Test
  void aCertificateNamesTheMemberAndTheTenantsServiceAndNoAddress() throws Exception {
    var name = Shop.member("a").name().value();
    var certificate = certificate(leaf.certificatePem());

    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + name);
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    name,
                    name + ".search.shop.flotilla",
                    "search",
                    "search.shop",
                    "search.shop.svc",
                    "search.shop.svc.cluster.local")
                .<List<?>>map(dns -> List.of(2, dns))
                .toList());
    assertThat(certificate.getExtendedKeyUsage())
        .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    assertThat(certificate.getBasicConstraints()).isNegative();
  }

  @Test
  void theKeyFitsTheCertificate() throws Exception {
    var encoded = Base64.getMimeDecoder().decode(leaf.keyPem().replaceAll("-----[A-Z ]+-----", ""));
    var key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    var signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(key);
    signer.update((byte) 1);
    var signature = signer.sign();

    signer.initVerify(certificate(leaf.certificatePem()));
    signer.update((byte) 1);

    assertThat(leaf.keyPem()).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(signer.verify(signature)).isTrue();
  }

  @Test
  void noTwoCertificatesShareAKeyOrANumber() throws Exception {
    var again = credentials.issue(secret, Shop.member("a"));

    assertThat(again.keyPem()).isNotEqualTo(leaf.keyPem());
    assertThat(certificate(again.certificatePem()).getSerialNumber())
        .isNotEqualTo(certificate(leaf.certificatePem()).getSerialNumber())
        .isPositive();
  }

  @Test
  void aDamagedSecretIsNamedWithoutBeingQuoted() {
    var canary = "CANARY-7d1f";
    for (var file : List.of("ca.crt", "ca.key")) {
      for (var content : damaged(canary, file)) {
        var files = new TreeMap<>(secret.files());
        files.put(file, content);
        var damaged = new TenantSecret(Shop.TENANT, Optional.empty(), files);

        assertThat(credentials.objection(damaged)).contains("it holds no usable " + file);
        assertThatThrownBy(() -> credentials.issue(damaged, Shop.member("a")))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(file)
            .hasNoCause()
            .satisfies(failure -> assertThat(failure.toString()).doesNotContain(canary));
      }
    }
  }

  @Test
  void aWholeSecretMeetsNoObjection() {
    assertThat(credentials.objection(secret)).isEmpty();
  }

  private List<String> damaged(String canary, String file) {
    return List.of(
        "",
        canary,
        "-----BEGIN PRIVATE KEY-----\n" + canary + "\n-----END PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\n" + canary + "\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\nQ0FOQVJZLTdkMWY=\n-----END PRIVATE KEY-----\n",
        secret.files().get(file.equals("ca.crt") ? "ca.key" : "ca.crt"));
  }

  @Test
  void nothingSecretIsPrinted() {
    var printed = List.of(credentials, secret, leaf, secret.view()).toString();

    assertThat(printed).contains("ca.key");
    Stream.of("ca.key", "users", "operator-password", "password")
        .flatMap(key -> secret.files().get(key).lines())
        .forEach(line -> assertThat(printed).doesNotContain(line));
    leaf.keyPem().lines().forEach(line -> assertThat(printed).doesNotContain(line));
  }

  private static void validate(MemberCertificate leaf, String authority, Instant when)
      throws Exception {
    var factory = CertificateFactory.getInstance("X.509");
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(certificate(authority), null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(when));
    CertPathValidator.getInstance("PKIX")
        .validate(
            factory.generateCertPath(List.of(certificate(leaf.certificatePem()))), parameters);
  }

  private static X509Certificate certificate(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
