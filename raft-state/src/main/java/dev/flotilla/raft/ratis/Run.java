package dev.flotilla.raft.ratis;

import dev.flotilla.raft.ratis.Membership.Members;
import dev.flotilla.topology.memory.CommitFeed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.retry.RetryPolicy;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.impl.LeaseOfLeader;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.TimeDuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a voter, from a start to its end. A server of Ratis that has stopped cannot be
/// started again; the next run reads the same disk.
final class Run implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private static final Duration SNAPSHOT_LIMIT = Duration.ofSeconds(10);

  /// For changes of the group itself; commands are brought by a [Courier].
  private static final RetryPolicy ADMINISTRATION =
      RetryPolicies.retryUpToMaximumCountWithFixedSleep(
          10, TimeDuration.valueOf(300, TimeUnit.MILLISECONDS));

  private final VoterSettings settings;
  private final RaftGroup group;
  private final CommitFeed feed = new CommitFeed();
  private final Progress progress = new Progress();
  private final StoreStateMachine machine;
  private final RaftServer server;
  private final RaftClient client;

  /// @param group as it is founded or joined; a group that exists knows its own
  /// @param tellers on which watchers are told
  Run(VoterSettings settings, RaftGroup group, LongSupplier nanoTime, Executor tellers)
      throws IOException {
    this.settings = settings;
    this.group = group;
    machine = new StoreStateMachine(feed, progress, nanoTime, tellers);
    var parameters = settings.tls().map(PeerTls::parameters).orElseGet(Parameters::new);
    var votes = new VoteCheck(settings.election(), nanoTime);
    GrpcConfigKeys.Server.setServicesCustomizer(
        parameters, (builder, services) -> checked(builder, votes));
    server =
        RaftServer.newBuilder()
            .setServerId(settings.self().peerId())
            .setGroup(group)
            .setProperties(Tuning.of(settings))
            .setParameters(parameters)
            .setStateMachine(machine)
            // The other option refuses a folder that exists. Whether an empty one may be used is
            // decided before.
            .setOption(RaftStorage.StartupOption.RECOVER)
            .build();
    client =
        RaftClient.newBuilder()
            .setRaftGroup(group)
            .setProperties(clientProperties(settings))
            .setParameters(parameters)
            .setRetryPolicy(ADMINISTRATION)
            .build();
  }

  /// Who calls is checked first: the check that is added last.
  private NettyServerBuilder checked(NettyServerBuilder builder, VoteCheck votes) {
    builder.intercept(votes);
    return settings.tls().isPresent() ? builder.intercept(new CallerCheck()) : builder;
  }

  private static RaftProperties clientProperties(VoterSettings settings) {
    var properties = new RaftProperties();
    // A leader whose machine is off never answers. By then another one leads.
    RaftClientConfigKeys.Rpc.setRequestTimeout(
        properties,
        TimeDuration.valueOf(settings.longestElection().toMillis(), TimeUnit.MILLISECONDS));
    return properties;
  }

  /// @throws IOException if it cannot, for instance because a file on its disk is damaged. To go on
  ///   without what is in it would break what this voter has promised.
  void start() throws IOException {
    try {
      server.start();
    } catch (IOException | CompletionException e) {
      throw new IOException(
          "voter %s cannot start from %s. If its disk is damaged, it can come back as %s only."
              .formatted(settings.self(), settings.directory(), settings.self().next()),
          e);
    }
  }

  VoterId self() {
    return settings.self();
  }

  RaftGroup group() {
    return group;
  }

  RaftServer server() {
    return server;
  }

  RaftClient client() {
    return client;
  }

  StoreStateMachine machine() {
    return machine;
  }

  CommitFeed feed() {
    return feed;
  }

  Progress progress() {
    return progress;
  }

  /// Who leads, as far as this voter knows.
  Optional<RaftPeerId> leader() {
    return working().map(division -> division.getInfo().getLeaderId());
  }

  /// Whether this voter leads, knows everything that was committed before, and no other one can
  /// lead at this moment.
  boolean hasLease() {
    return working()
        .filter(division -> division.getInfo().isLeaderReady())
        .filter(LeaseOfLeader::isHeld)
        .isPresent();
  }

  /// The last entry that the leader knows to be on a majority's disks. Of use on the leader only.
  long committed() {
    return working().map(division -> division.getRaftLog().getLastCommittedIndex()).orElse(-1L);
  }

  /// Whether it still does something. The server of Ratis goes on running when the division, which
  /// is what counts, has died.
  boolean isAlive() {
    return machine.isIntact()
        && division()
            .map(division -> division.getInfo().getLifeCycleState())
            .filter(state -> !state.isClosingOrClosed() && state != LifeCycle.State.EXCEPTION)
            .isPresent();
  }

  /// Connects to the others anew.
  ///
  /// gRPC waits for up to two minutes before it tries again to reach somebody who was gone for a
  /// while, and never notices that somebody vanished without a word. A leader's appends see to that
  /// for themselves, requests for votes do not.
  void reconnect() {
    var why = new IOException("voter %s hears of no leader".formatted(settings.self()));
    working()
        .map(division -> division.getRaftConf().getAllPeers())
        .orElse(List.of())
        .forEach(peer -> server.getServerRpc().handleException(peer.getId(), why, true));
  }

  /// Who takes part; empty if this voter does not, or while that is being changed.
  Optional<Members> members() {
    return working()
        .filter(division -> !isChanging(division))
        .map(division -> Membership.members(division.getRaftConf()));
  }

  /// Ratis goes by a configuration as soon as it is in the log, kept for good or not.
  private static boolean isChanging(RaftServer.Division division) {
    var configuration = division.getRaftConf();
    return !configuration.getPreviousPeers().isEmpty()
        || configuration.getLogEntryIndex() > division.getRaftLog().getLastCommittedIndex();
  }

  /// How this voter stands; empty if it does not take part.
  Optional<Standing> standing() {
    return working()
        .map(division -> {
          var info = division.getInfo();
          return new Standing(
              Standing.Role.valueOf(info.getCurrentRole().name()),
              info.getCurrentTerm(),
              Optional.ofNullable(info.getLeaderId()).map(id -> VoterId.of(id.toString())),
              Membership.members(division.getRaftConf()),
              isChanging(division),
              division.getRaftLog().getLastCommittedIndex(),
              info.getLastAppliedIndex(),
              machine.state().time());
        });
  }

  private Optional<RaftServer.Division> working() {
    return division()
        .filter(found -> found.getInfo().getLifeCycleState() == LifeCycle.State.RUNNING);
  }

  private Optional<RaftServer.Division> division() {
    try {
      return Optional.of(server.getDivision(group.getGroupId()));
    } catch (IOException | IllegalStateException e) {
      return Optional.empty(); // it is not there, or it is closed
    }
  }

  /// Writes the whole state to this voter's disk, so that the log before it can go.
  ///
  /// @return whether it is written
  boolean snapshot() {
    var request =
        SnapshotManagementRequest.newCreate(
            client.getId(),
            settings.self().peerId(),
            group.getGroupId(),
            CallId.getAndIncrement(),
            SNAPSHOT_LIMIT.toMillis(),
            1);
    try {
      return server.snapshotManagement(request).isSuccess();
    } catch (IOException e) {
      LOG.warn("voter {} cannot write a snapshot; its log stays", settings.self(), e);
      return false;
    }
  }

  @Override
  public void close() {
    close(client);
    close(server);
    feed.end("voter %s has stopped".formatted(settings.self()));
    feed.deliver();
  }

  /// What fails to close is gone all the same, or ends with the process.
  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("{} does not close", part, e);
    }
  }
}
