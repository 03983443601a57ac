package dev.flotilla.operator.port;

import java.time.Instant;

/// A member's key and certificate, and the authority that signed it. Never printed.
///
/// @param keyPem private key, PKCS#8
/// @param certificatePem names the member, never an address
/// @param authorityPem the tenant's authority
/// @param expires when the certificate ends
public record MemberCertificate(
    String keyPem, String certificatePem, String authorityPem, Instant expires) {

  @Override
  public String toString() {
    return "MemberCertificate[expires=%s]".formatted(expires);
  }
}
