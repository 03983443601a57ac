package dev.flotilla.raft.ratis;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;

/// What voters show each other, and whom they believe. Both are asked anew at each handshake, so
/// that certificates can change while a voter runs.
///
/// @param keys this voter's certificate, whose DNS name is the voter's, such as `zone-a.1`
/// @param trust the store's own authority, which nothing else has certificates of
public record PeerTls(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {

  /// For Ratis' server and its client: both sides show a certificate, and neither has to speak what
  /// older software speaks.
  Parameters parameters() {
    var parameters = new Parameters();
    GrpcConfigKeys.TLS.setConf(
        parameters,
        GrpcTlsConfig.newBuilder()
            .setKeyManager(keys)
            .setTrustManager(trust)
            .setMutualTls(true)
            .setProtocols("TLSv1.3")
            .build());
    GrpcConfigKeys.Server.setServicesCustomizer(
        parameters, (builder, services) -> builder.intercept(new CallerCheck()));
    return parameters;
  }
}
