package dev.flotilla.raft.ratis;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Grpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Refuses whoever is no voter by its certificate, and whoever speaks in another voter's name.
///
/// Ratis asks a caller for some certificate of the right authority and believes everything else.
final class CallerCheck implements ServerInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(CallerCheck.class);

  /// The kind of name that is a host's, in a certificate.
  private static final int DNS_NAME = 2;

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var session = Optional.ofNullable(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
    var callers = session.map(CallerCheck::voters).orElse(List.of());
    if (callers.isEmpty()) {
      refuse(call, "the certificate names no voter");
      return new ServerCall.Listener<>() {};
    }
    return new Checked<>(call, next.startCall(call, headers), callers);
  }

  private static void refuse(ServerCall<?, ?> call, String why) {
    LOG.warn("a call of {} is refused: {}", call.getMethodDescriptor().getFullMethodName(), why);
    call.close(Status.PERMISSION_DENIED.withDescription(why), new Metadata());
  }

  /// Everything that is said in one call.
  private static final class Checked<Q, A> extends SimpleForwardingServerCallListener<Q> {

    private final ServerCall<Q, A> call;
    private final List<String> callers;
    private boolean refused;

    Checked(ServerCall<Q, A> call, ServerCall.Listener<Q> next, List<String> callers) {
      super(next);
      this.call = call;
      this.callers = callers;
    }

    @Override
    public void onMessage(Q message) {
      var foreign =
          speaker(message)
              .map(request -> request.getRequestorId().toStringUtf8())
              .filter(name -> !callers.contains(name));
      if (foreign.isPresent() && !refused) {
        refused = true;
        refuse(call, "%s speaks as %s".formatted(callers, foreign.get()));
      }
      if (!refused) {
        super.onMessage(message);
      }
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        super.onHalfClose();
      }
    }
  }

  /// Who says to be speaking; empty for what is not said between voters as such.
  private static Optional<RaftRpcRequestProto> speaker(Object message) {
    return switch (message) {
      case AppendEntriesRequestProto entries -> Optional.of(entries.getServerRequest());
      case RequestVoteRequestProto vote -> Optional.of(vote.getServerRequest());
      case InstallSnapshotRequestProto snapshot -> Optional.of(snapshot.getServerRequest());
      case ReadIndexRequestProto read -> Optional.of(read.getServerRequest());
      case StartLeaderElectionRequestProto election -> Optional.of(election.getServerRequest());
      default -> Optional.empty();
    };
  }

  /// The voters that the other side's certificate names; none without one.
  private static List<String> voters(SSLSession session) {
    return certificate(session)
        .flatMap(CallerCheck::names)
        .filter(name -> VoterId.parse(name).isPresent())
        .toList();
  }

  private static Stream<X509Certificate> certificate(SSLSession session) {
    try {
      return Stream.of(session.getPeerCertificates())
          .limit(1)
          .filter(X509Certificate.class::isInstance)
          .map(X509Certificate.class::cast);
    } catch (SSLPeerUnverifiedException e) {
      return Stream.empty(); // it showed none
    }
  }

  private static Stream<String> names(X509Certificate certificate) {
    try {
      return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
          .flatMap(Collection::stream)
          .filter(name -> Objects.equals(name.get(0), DNS_NAME))
          .map(name -> name.get(1).toString());
    } catch (CertificateParsingException e) {
      return Stream.empty(); // it names nobody whom we know
    }
  }
}
