package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.thirdparty.io.grpc.netty.GrpcSslContexts;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Who may speak to a voter. Each case asks a real one for its vote.
@Tag("processes")
@Tag("S8")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeerTlsTest {

  private static final VoterId SELF = VoterId.of("zone-a.1");
  private static final String OTHER = "zone-b.1";

  /// Said to be where our voter is.
  private static final String MISTAKEN = "zone-c.1";

  private TestAuthority authority;
  private VoterSettings settings;
  private Voter voter;

  @BeforeAll
  void found(@TempDir Path directory) throws Exception {
    authority = new TestAuthority("store");
    var places = Places.free(List.of(SELF));
    places.put(VoterId.of(MISTAKEN), places.address(SELF).orElseThrow());
    var group =
        new VoterProcess.Group(
            UUID.randomUUID(), new TreeSet<>(List.of(SELF)), places, VoterProcess.ELECTION_ALONE);
    var plain = group.settings(SELF, directory);
    settings =
        new VoterSettings(
            plain.group(),
            plain.self(),
            plain.voters(),
            plain.directory(),
            plain.place(),
            plain.reserve(),
            plain.election(),
            Optional.of(authority.of(SELF.toString())));
    voter = Voter.found(settings, VoterProcess.surroundings(group));
  }

  @AfterEach
  void itGoesOn() throws Exception {
    var counter = new Counter(voter.store());
    counter.reread();
    counter.next();
  }

  @AfterAll
  void end() {
    voter.close();
  }

  @Test
  void aVoterInItsOwnNameIsHeard() throws Exception {
    assertThat(vote(authority.of(OTHER), OTHER).getServerReply().getReplyId().toStringUtf8())
        .isEqualTo(SELF.toString());
  }

  @Test
  void aVoterInAnothersNameIsRefused() throws Exception {
    var tls = authority.of(MISTAKEN);

    assertThat(refusal(tls, OTHER))
        .hasMessageContaining("PERMISSION_DENIED")
        .hasMessageContaining("[zone-c.1] speaks as zone-b.1");
    assertThatThrownBy(() ->
            with(
                tls,
                channel ->
                    RaftServerProtocolServiceGrpc.newBlockingStub(channel)
                        .readIndex(
                            ReadIndexRequestProto.newBuilder()
                                .setServerRequest(said(OTHER))
                                .build())))
        .hasMessageContaining("speaks as");
  }

  @Test
  void whoeverIsNoVoterIsRefusedThoughTheAuthorityIsRight() throws Exception {
    assertThat(refusal(authority.of("search.shop.svc"), OTHER))
        .hasMessageContaining("the certificate names no voter");
  }

  /// Of the same name, or nobody would show what it has signed.
  @Test
  void anotherAuthorityIsRefused() throws Exception {
    var another = new TestAuthority("store");
    var tls = new PeerTls(another.of(OTHER).keys(), authority.trust());

    assertThat(refusal(tls, OTHER).getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    var tls = authority.of(OTHER, Instant.now().minus(Duration.ofHours(1)));

    assertThat(refusal(tls, OTHER).getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void noCertificateIsRefused() throws Exception {
    var context = GrpcSslContexts.forClient().trustManager(authority.trust());

    assertThat(refusal(builder(context)).getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void anOlderProtocolIsRefused() throws Exception {
    var older = ssl(authority.of(OTHER)).protocols("TLSv1.2");
    var newest = ssl(authority.of(OTHER)).protocols("TLSv1.3");

    assertThat(refusal(builder(older)).getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(
            PeerTlsTest.<RequestVoteReplyProto>ask(
                    builder(newest), channel -> requestVote(channel, OTHER))
                .hasServerReply())
        .isTrue();
  }

  @Test
  void plainTextIsRefused() {
    var plain = NettyChannelBuilder.forAddress(settings.place()).usePlaintext();

    assertThat(refusal(plain).getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  /// The other way round: a voter does not speak to one that has another's name.
  @Test
  void oneThatAnswersInAnothersNameIsNotSpokenTo() throws Exception {
    var misled =
        NettyChannelBuilder.forTarget(PeerNames.address(VoterId.of(MISTAKEN)))
            .sslContext(ssl(authority.of(OTHER)).build());

    assertThat(refusal(misled)).hasStackTraceContaining("matching " + MISTAKEN);
  }

  @Test
  void hostileBytesDoNoHarm() throws Exception {
    var random = new Random(7);
    for (int i = 0; i < 60; i++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), settings.place().getPort())) {
        socket.getOutputStream().write(noise(i, random));
      } catch (IOException e) {
        assertThat(e).as("it may close while it is written to").hasMessageNotContaining("null");
      }
    }
  }

  private static byte[] noise(int kind, Random random) {
    if (kind % 3 == 0) {
      return "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    }
    var bytes = new byte[kind * 1000];
    random.nextBytes(bytes);
    if (kind % 3 == 1 && bytes.length > 2) {
      bytes[0] = 22; // as a handshake begins
      bytes[1] = 3;
    }
    return bytes;
  }

  private interface Ask<T> {
    T of(ManagedChannel channel);
  }

  private RequestVoteReplyProto vote(PeerTls tls, String as) throws Exception {
    return with(tls, channel -> requestVote(channel, as));
  }

  private <T> T with(PeerTls tls, Ask<T> ask) throws Exception {
    return ask(builder(ssl(tls)), ask);
  }

  private static <T> T ask(NettyChannelBuilder builder, Ask<T> ask) {
    var channel = builder.build();
    try {
      return ask.of(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  private StatusRuntimeException refusal(PeerTls tls, String as) throws Exception {
    return catchThrowableOfType(StatusRuntimeException.class, () -> vote(tls, as));
  }

  private StatusRuntimeException refusal(NettyChannelBuilder builder) {
    return catchThrowableOfType(
        StatusRuntimeException.class, () -> ask(builder, channel -> requestVote(channel, OTHER)));
  }

  private RequestVoteReplyProto requestVote(ManagedChannel channel, String as) {
    return RaftServerProtocolServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .requestVote(RequestVoteRequestProto.newBuilder().setServerRequest(said(as)).build());
  }

  private RaftRpcRequestProto said(String by) {
    var group =
        RaftGroupIdProto.newBuilder().setId(RaftGroupId.valueOf(settings.group()).toByteString());
    return RaftRpcRequestProto.newBuilder()
        .setRequestorId(ByteString.copyFromUtf8(by))
        .setReplyId(ByteString.copyFromUtf8(SELF.toString()))
        .setRaftGroupId(group)
        .build();
  }

  private NettyChannelBuilder builder(SslContextBuilder context) throws SSLException {
    return NettyChannelBuilder.forAddress(settings.place())
        .overrideAuthority(SELF.toString())
        .sslContext(context.build());
  }

  private static SslContextBuilder ssl(PeerTls tls) {
    return GrpcSslContexts.forClient().keyManager(tls.keys()).trustManager(tls.trust());
  }
}
