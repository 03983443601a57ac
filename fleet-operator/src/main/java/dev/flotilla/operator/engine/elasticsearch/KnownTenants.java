package dev.flotilla.operator.engine.elasticsearch;

import dev.flotilla.operator.certificate.Authority;
import dev.flotilla.operator.port.EnginePort.Access;
import dev.flotilla.topology.model.MemberName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;

/// Tells the shared client, by a host's name alone, where the host is and whom to trust there.
///
/// A name that belongs to no tenant at hand has no address and no trust; system DNS and the
/// system's authorities are never asked. Tenants that nobody asks about are kept, up to 64 of them,
/// because their TLS set-up costs more than the question.
final class KnownTenants implements DnsResolver, TlsStrategy {

  private static final int MAX_IDLE = 64;

  private final ReentrantLock lock = new ReentrantLock();

  /// By the suffix of host names, least recently entered first.
  private final Map<String, Tenant> bySuffix = new LinkedHashMap<>(16, 0.75f, true);

  /// What became of entering a tenant.
  sealed interface Entry {

    record Entered(Visit visit) implements Entry {}

    /// @param why one clause for people
    record Refused(String why) implements Entry {}
  }

  /// What is known of one tenant; guarded by the lock.
  private static final class Tenant {
    private final String authority;
    private final TlsStrategy trust;
    private SortedMap<MemberName, String> addresses;
    private MemberName first;
    private int visits;

    Tenant(String authority, TlsStrategy trust, SortedMap<MemberName, String> addresses) {
      this.authority = authority;
      this.trust = trust;
      this.addresses = addresses;
      this.first = addresses.firstKey();
    }
  }

  /// Keeps a tenant at hand until it is closed.
  final class Visit implements AutoCloseable {
    private final Tenant tenant;
    private final boolean authorityChanged;

    private Visit(Tenant tenant, boolean authorityChanged) {
      this.tenant = tenant;
      this.authorityChanged = authorityChanged;
    }

    /// Whether open connections may have been made to somebody who is trusted no more.
    boolean authorityChanged() {
      return authorityChanged;
    }

    /// Whom to ask first.
    MemberName beginWith() {
      lock.lock();
      try {
        return tenant.first;
      } finally {
        lock.unlock();
      }
    }

    void rememberFirst(MemberName member) {
      lock.lock();
      try {
        tenant.first = member;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        tenant.visits--;
        forgetIdle();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Makes a tenant's members reachable.
  ///
  /// @param access with at least one address
  Entry enter(Access access) {
    var authority = access.tenant().files().getOrDefault(Authority.CERTIFICATE, "");
    var suffix = HostNames.suffix(access.cluster());
    lock.lock();
    try {
      var known = bySuffix.get(suffix);
      boolean changed = known != null && !known.authority.equals(authority);
      if (known == null || changed) {
        known = new Tenant(authority, trust(authority), access.addresses());
        bySuffix.put(suffix, known);
      }
      known.addresses = access.addresses();
      known.visits++;
      return new Entry.Entered(new Visit(known, changed));
    } catch (GeneralSecurityException | IOException e) {
      return new Entry.Refused("its Secret holds no usable " + Authority.CERTIFICATE + " to trust");
    } finally {
      lock.unlock();
    }
  }

  private void forgetIdle() {
    long idle = bySuffix.values().stream().filter(tenant -> tenant.visits == 0).count();
    Iterator<Tenant> oldestFirst = bySuffix.values().iterator();
    while (idle > MAX_IDLE && oldestFirst.hasNext()) {
      if (oldestFirst.next().visits == 0) {
        oldestFirst.remove();
        idle--;
      }
    }
  }

  /// How many tenants are at hand.
  int size() {
    lock.lock();
    try {
      return bySuffix.size();
    } finally {
      lock.unlock();
    }
  }

  /// Trusts one authority and nobody else. The verifier has to be named: without it the client
  /// checks the chain and takes any name.
  private static TlsStrategy trust(String authorityPem)
      throws GeneralSecurityException, IOException {
    var certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(authorityPem.getBytes(StandardCharsets.UTF_8)));
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("authority", certificate);
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return ClientTlsStrategyBuilder.create()
        .setSslContext(context)
        .setTlsVersions(TLS.V_1_3, TLS.V_1_2)
        .setHostVerificationPolicy(HostnameVerificationPolicy.BOTH)
        .setHostnameVerifier(new DefaultHostnameVerifier())
        .buildAsync();
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    var address = tenantOf(host).flatMap(tenant -> addressIn(tenant, host));
    if (address.isEmpty()) {
      throw new UnknownHostException("no member at hand has the name " + host);
    }
    try {
      return new InetAddress[] {InetAddress.ofLiteral(address.orElseThrow())};
    } catch (IllegalArgumentException e) {
      throw new UnknownHostException("the address of " + host + " is none");
    }
  }

  private Optional<String> addressIn(Tenant tenant, String host) {
    lock.lock();
    try {
      return tenant.addresses.entrySet().stream()
          .filter(entry -> entry.getKey().value().equals(memberOf(host)))
          .map(Map.Entry::getValue)
          .findFirst();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  @Override
  public void upgrade(
      TransportSecurityLayer session,
      NamedEndpoint endpoint,
      Object attachment,
      Timeout timeout,
      FutureCallback<TransportSecurityLayer> callback) {
    tenantOf(endpoint.getHostName())
        .ifPresentOrElse(
            tenant -> tenant.trust.upgrade(session, endpoint, attachment, timeout, callback),
            () ->
                callback.failed(
                    new SSLException("nobody is trusted to be " + endpoint.getHostName())));
  }

  private Optional<Tenant> tenantOf(String host) {
    lock.lock();
    try {
      return Optional.ofNullable(bySuffix.get(suffixOf(host)));
    } finally {
      lock.unlock();
    }
  }

  private static String memberOf(String host) {
    int dot = host.indexOf('.');
    return dot < 0 ? host : host.substring(0, dot);
  }

  private static String suffixOf(String host) {
    return host.substring(memberOf(host).length());
  }

  /// The client's older way in, which it does not use any more.
  @Override
  @Deprecated
  public boolean upgrade(
      TransportSecurityLayer session,
      HttpHost host,
      SocketAddress local,
      SocketAddress remote,
      Object attachment,
      Timeout timeout) {
    throw new IllegalStateException("connections are secured by endpoint");
  }
}
