package dev.flotilla.operator.engine.elasticsearch;

import dev.flotilla.operator.certificate.Authority;
import dev.flotilla.operator.port.Credentials;
import dev.flotilla.operator.port.MemberCertificate;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.TenantId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A tenant's authority and log-ins for Elasticsearch: the operator's own, and `admin` for the
/// tenant.
///
/// Both have the engine's role `superuser`. The operator's needs no more than the cluster privilege
/// `monitor` for reading health and state, and will need `manage` for draining; a role of its own
/// has to be a file in every member before the first log-in uses it, so it comes with drains.
///
/// Source: docs/adr/0011-certificates-and-log-ins.md
public final class TenantCredentials implements Credentials {

  private static final String ADMIN = "admin";

  /// Of a member's certificate.
  private static final Duration VALIDITY = Duration.ofDays(365);

  /// Letters and digits that are hard to misread; 24 of them are 139 bits.
  private static final String ALPHABET =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

  private static final int PASSWORD_LENGTH = 24;

  private final SecureRandom random;
  private final InstantSource clock;

  /// @param random source of every secret
  /// @param clock when certificates begin
  public TenantCredentials(SecureRandom random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  @Override
  public TenantSecret found(ClusterRef cluster, TenantId tenant) {
    var authority = Authority.create(cluster.namespace(), cluster.name(), random, clock.instant());
    var operatorPassword = password();
    var adminPassword = password();
    var files = new TreeMap<>(authority.files());
    files.put(
        TenantFiles.USERS,
        "%s:%s\n%s:%s\n"
            .formatted(
                TenantFiles.OPERATOR,
                PasswordHash.of(operatorPassword, random),
                ADMIN,
                PasswordHash.of(adminPassword, random)));
    files.put(TenantFiles.USERS_ROLES, "superuser:%s,%s\n".formatted(TenantFiles.OPERATOR, ADMIN));
    files.put(TenantFiles.OPERATOR_PASSWORD, operatorPassword);
    files.put(TenantFiles.USERNAME, ADMIN);
    files.put(TenantFiles.PASSWORD, adminPassword);
    return new TenantSecret(tenant, Optional.empty(), files);
  }

  @Override
  public Optional<String> objection(TenantSecret tenant) {
    try {
      Authority.read(tenant.files());
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(Objects.requireNonNull(e.getMessage()));
    }
  }

  @Override
  public MemberCertificate issue(TenantSecret tenant, MemberRecord member) {
    return Authority.read(tenant.files())
        .issue(
            member.name().value(),
            HostNames.all(member.cluster(), member.name()),
            VALIDITY,
            random,
            clock.instant());
  }

  private String password() {
    return random
        .ints(PASSWORD_LENGTH, 0, ALPHABET.length())
        .mapToObj(ALPHABET::charAt)
        .map(String::valueOf)
        .collect(Collectors.joining());
  }
}
