package dev.flotilla.raft.ratis;

import dev.flotilla.topology.memory.CommitFeed;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.TopologyStore.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.retry.RetryPolicy;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.impl.LeaseOfLeader;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.TimeDuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One voter of the store's Raft group, in this process.
public final class Voter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Voter.class);

  private static final Duration SNAPSHOT_LIMIT = Duration.ofSeconds(10);

  /// For changes of the group itself; commands are brought by a [Courier].
  private static final RetryPolicy ADMINISTRATION =
      RetryPolicies.retryUpToMaximumCountWithFixedSleep(
          10, TimeDuration.valueOf(300, TimeUnit.MILLISECONDS));

  private final VoterSettings settings;
  private final RaftGroup group;
  private final Registration names;
  private final ExecutorService tellers;
  private final CommitFeed feed;
  private final Progress progress;
  private final StoreStateMachine machine;
  private final RaftServer server;
  private final RaftClient client;
  private final RatisTopologyStore store;

  private Voter(VoterSettings settings, PeerDirectory directory, LongSupplier nanoTime)
      throws IOException {
    this.settings = settings;
    group = group(settings);
    names = PeerNames.register(directory);
    tellers = Executors.newVirtualThreadPerTaskExecutor();
    feed = new CommitFeed();
    progress = new Progress();
    machine = new StoreStateMachine(feed, progress, nanoTime, tellers);
    var properties = Tuning.of(settings);
    server =
        RaftServer.newBuilder()
            .setServerId(settings.self().peerId())
            .setGroup(group)
            .setProperties(properties)
            .setStateMachine(machine)
            // The other option refuses a folder that exists. Whether an empty one may be used is
            // decided before.
            .setOption(RaftStorage.StartupOption.RECOVER)
            .build();
    client =
        RaftClient.newBuilder()
            .setRaftGroup(group)
            .setProperties(clientProperties(settings))
            .setRetryPolicy(ADMINISTRATION)
            .build();
    store = new RatisTopologyStore(this, new Courier(this, client, progress), feed, progress);
  }

  /// Founds the store: the first start of its first voters, whose disks are empty.
  ///
  /// @throws IllegalStateException if this voter has been started before
  public static Voter found(VoterSettings settings, PeerDirectory directory, LongSupplier nanoTime)
      throws IOException {
    if (hasStarted(settings)) {
      throw new IllegalStateException(
          "%s has the log of an earlier voter; resume it".formatted(settings.directory()));
    }
    return start(settings, directory, nanoTime);
  }

  /// Starts a voter again, with the disk that it had.
  ///
  /// It first waits as long as an election may take, unless its thread is interrupted: it may have
  /// heard from a leader just before it ended, whose lease it must not help to break.
  ///
  /// @throws IllegalStateException if its disk is empty. It forgot its votes, so it may not vote
  ///   under its old name: the others remove it and take in its next incarnation.
  public static Voter resume(VoterSettings settings, PeerDirectory directory, LongSupplier nanoTime)
      throws IOException, InterruptedException {
    if (!hasStarted(settings)) {
      throw new IllegalStateException(
          "voter %s lost its disk: nothing is left in %s. It can come back as %s only."
              .formatted(settings.self(), settings.directory(), settings.self().next()));
    }
    outwait(settings.longestElection());
    return start(settings, directory, nanoTime);
  }

  private static void outwait(Duration time) throws InterruptedException {
    var _ = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Voter start(VoterSettings settings, PeerDirectory directory, LongSupplier nanoTime)
      throws IOException {
    var voter = new Voter(settings, directory, nanoTime);
    try {
      voter.server.start();
      return voter;
    } catch (IOException | RuntimeException e) {
      voter.close();
      throw e;
    }
  }

  /// Whether this voter's votes and log are in its directory.
  public static boolean hasStarted(VoterSettings settings) {
    return Files.exists(
        settings.directory().resolve(settings.group().toString()).resolve("current/raft-meta"));
  }

  private static RaftGroup group(VoterSettings settings) {
    return RaftGroup.valueOf(
        RaftGroupId.valueOf(settings.group()),
        settings.voters().stream()
            .map(voter ->
                RaftPeer.newBuilder()
                    .setId(voter.peerId())
                    .setAddress(PeerNames.address(voter))
                    .build())
            .toList());
  }

  private static RaftProperties clientProperties(VoterSettings settings) {
    var properties = new RaftProperties();
    RaftClientConfigKeys.Rpc.setRequestTimeout(
        properties,
        TimeDuration.valueOf(settings.longestElection().toMillis(), TimeUnit.MILLISECONDS));
    return properties;
  }

  /// The store as this voter knows it; closed with the voter.
  public TopologyStore store() {
    return store;
  }

  public VoterId id() {
    return settings.self();
  }

  /// Asks for this voter to lead, so that what is asked of it is answered without a detour.
  ///
  /// @throws IOException if another one goes on leading
  public void lead() throws IOException {
    letLead(settings.self());
  }

  void letLead(VoterId voter) throws IOException {
    var reply =
        client.admin().transferLeadership(voter.peerId(), settings.longestElection().toMillis());
    if (!reply.isSuccess()) {
      throw new IOException("voter %s does not lead".formatted(voter), reply.getException());
    }
  }

  /// Writes the whole state to this voter's disk, so that the log before it can go.
  ///
  /// @return whether it is written
  public boolean snapshot() {
    var request =
        SnapshotManagementRequest.newCreate(
            client.getId(),
            settings.self().peerId(),
            groupId(),
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

  RaftGroupId groupId() {
    return group.getGroupId();
  }

  RaftServer server() {
    return server;
  }

  StoreStateMachine machine() {
    return machine;
  }

  /// Who leads, as far as this voter knows.
  Optional<RaftPeerId> leader() {
    return division().map(division -> division.getInfo().getLeaderId());
  }

  /// Whether this voter leads, knows everything that was committed before, and no other one can
  /// lead at this moment.
  boolean hasLease() {
    return division()
        .filter(division -> division.getInfo().isLeaderReady())
        .filter(LeaseOfLeader::isHeld)
        .isPresent();
  }

  /// The last entry that the leader knows to be on a majority's disks. Of use on the leader only.
  long committed() {
    return division().map(division -> division.getRaftLog().getLastCommittedIndex()).orElse(-1L);
  }

  /// Ratis' own server goes on running when the division, which is what counts, has died.
  private Optional<RaftServer.Division> division() {
    try {
      var division = server.getDivision(groupId());
      return Optional.of(division)
          .filter(found -> found.getInfo().getLifeCycleState() == LifeCycle.State.RUNNING);
    } catch (IOException | IllegalStateException e) {
      return Optional.empty(); // it is not there, or it is closed
    }
  }

  @Override
  public void close() {
    feed.close();
    close(client);
    close(server);
    names.close();
    tellers.close();
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
