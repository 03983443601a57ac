package dev.flotilla.chaos.demo;

import java.net.InetAddress;
import org.apache.hc.client5.http.DnsResolver;

/// Answers the same addresses for every name, so that only the certificate can tell names apart.
record RenamedResolver(InetAddress... addresses) implements DnsResolver {

  @Override
  public InetAddress[] resolve(String host) {
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
