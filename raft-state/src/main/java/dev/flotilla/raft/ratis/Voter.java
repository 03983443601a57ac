package dev.flotilla.raft.ratis;

import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.TopologyStore.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.ratis.protocol.RaftGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One voter of the store's Raft group, in this process. It stops before its disk is full, and
/// starts again by itself when there is room, or when what it runs on has died.
public final class Voter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Voter.class);

  /// How often its disk is looked at; there is no event for that.
  private static final Duration LOOK = Duration.ofSeconds(1);

  /// What one look may take, a start included, before [#close] waits for it no longer.
  private static final Duration LONGEST_CARE = Duration.ofSeconds(30);

  private final VoterSettings settings;
  private final Surroundings surroundings;
  private final RaftGroup group;
  private final Registration names;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<Optional<Run>> run = new AtomicReference<>(Optional.empty());
  private final RatisTopologyStore store = new RatisTopologyStore(this);
  private volatile boolean excluded;
  private int looksWithoutLeader;

  /// What a voter asks of the machine that it runs on.
  ///
  /// @param peers where the others are
  /// @param nanoTime a clock that never goes back, in nanoseconds
  /// @param freeBytes on the disk of its directory
  public record Surroundings(PeerDirectory peers, LongSupplier nanoTime, LongSupplier freeBytes) {}

  private Voter(VoterSettings settings, Surroundings surroundings, RaftGroup group) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.group = group;
    names = PeerNames.register(surroundings.peers());
  }

  /// Founds the store: the first start of its first voters, whose disks are empty.
  ///
  /// @throws IllegalStateException if this voter has been started before
  public static Voter found(VoterSettings settings, Surroundings surroundings) throws IOException {
    requireEmpty(settings);
    return start(settings, surroundings, Peers.founding(settings));
  }

  /// Starts a voter that is new to a store that exists. It listens, and neither votes nor counts,
  /// until the others have taken it in: see [Membership].
  ///
  /// @throws IllegalStateException if this voter has been started before
  public static Voter join(VoterSettings settings, Surroundings surroundings) throws IOException {
    requireEmpty(settings);
    return start(settings, surroundings, Peers.joining(settings));
  }

  private static void requireEmpty(VoterSettings settings) {
    if (hasStarted(settings.group(), settings.directory())) {
      throw new IllegalStateException(
          "%s has the log of an earlier voter; resume it".formatted(settings.directory()));
    }
  }

  /// Starts a voter again, with the disk that it had.
  ///
  /// It first waits as long as an election may take: it may have heard from a leader just before it
  /// ended, whose lease it must not help to break.
  ///
  /// @throws IllegalStateException if its disk is empty. It forgot its votes, so it may not vote
  ///   under its old name: the others remove it and take in its next incarnation.
  public static Voter resume(VoterSettings settings, Surroundings surroundings)
      throws IOException, InterruptedException {
    if (!hasStarted(settings.group(), settings.directory())) {
      throw new IllegalStateException(
          "voter %s lost its disk: nothing is left in %s. It can come back as %s only."
              .formatted(settings.self(), settings.directory(), settings.self().next()));
    }
    var _ = new CountDownLatch(1).await(wait(settings), TimeUnit.MILLISECONDS);
    return start(settings, surroundings, Peers.founding(settings));
  }

  private static long wait(VoterSettings settings) {
    return settings.longestElection().toMillis();
  }

  private static Voter start(VoterSettings settings, Surroundings surroundings, RaftGroup group)
      throws IOException {
    var voter = new Voter(settings, surroundings, group);
    try {
      voter.start();
      voter.threads.execute(voter::takeCare);
      return voter;
    } catch (IOException | RuntimeException e) {
      voter.closed.countDown();
      voter.close();
      throw e;
    }
  }

  /// Whether the votes and the log of a voter are in its directory.
  public static boolean hasStarted(UUID group, Path directory) {
    return Files.exists(directory.resolve(group.toString()).resolve("current/raft-meta"));
  }

  private void start() throws IOException {
    var next = new Run(settings, group, surroundings.nanoTime(), threads);
    run.set(Optional.of(next));
    next.start();
  }

  private void stop() {
    run.getAndSet(Optional.empty()).ifPresent(Run::close);
  }

  /// Looks at it again and again until it is closed.
  private void takeCare() {
    try {
      while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        takeCareOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stop();
      closed.countDown();
    }
  }

  private void takeCareOnce() throws InterruptedException {
    var now = run.get();
    var condition =
        new Care.Condition(
            now.isPresent(),
            now.filter(Run::isAlive).isPresent(),
            excluded,
            now.filter(last -> last.machine().isLogLong()).isPresent(),
            surroundings.freeBytes().getAsLong());
    switch (Care.of(condition, settings.reserve())) {
      case Care.LeaveIt() -> {}
      case Care.Stop(var why) -> {
        LOG.warn("voter {} stops: {}", settings.self(), why);
        excluded = now.filter(last -> !last.isAlive() && last.machine().isExcluded()).isPresent();
        stop();
      }
      case Care.Start() -> startAgain();
      case Care.Shorten() -> now.ifPresent(Run::snapshot);
    }
    run.get().ifPresent(this::keepInTouch);
  }

  /// Two elections without anybody elected: whoever could vote is not reached.
  private void keepInTouch(Run now) {
    looksWithoutLeader = now.leader().isPresent() ? 0 : looksWithoutLeader + 1;
    if (LOOK.multipliedBy(looksWithoutLeader).compareTo(settings.longestElection().multipliedBy(2))
        >= 0) {
      looksWithoutLeader = 0;
      threads.execute(now::reconnect); // what is closed may take its time
    }
  }

  private void startAgain() throws InterruptedException {
    if (closing.await(wait(settings), TimeUnit.MILLISECONDS)) {
      return;
    }
    LOG.info("voter {} starts again", settings.self());
    try {
      start();
    } catch (IOException | RuntimeException e) {
      LOG.warn("voter {} cannot start", settings.self(), e);
      stop();
    }
  }

  /// The store as this voter knows it; closed with the voter.
  public TopologyStore store() {
    return store;
  }

  public VoterId id() {
    return settings.self();
  }

  /// Whether it takes part at this moment.
  public boolean isRunning() {
    return run.get().filter(Run::isAlive).isPresent();
  }

  /// Whether it leads at this moment, and nobody else can.
  public boolean leads() {
    return run.get().filter(Run::hasLease).isPresent();
  }

  /// Asks for this voter to lead, so that what is asked of it is answered without a detour.
  ///
  /// @throws IOException if another one goes on leading
  public void lead() throws IOException {
    letLead(settings.self());
  }

  void letLead(VoterId voter) throws IOException {
    var reply = started().client().admin().transferLeadership(voter.peerId(), wait(settings));
    if (!reply.isSuccess()) {
      throw new IOException("voter %s does not lead".formatted(voter), reply.getException());
    }
  }

  /// How it stands; empty while it takes no part.
  public Optional<Standing> standing() {
    return run.get().flatMap(Run::standing);
  }

  /// Changes who votes.
  public Membership membership() {
    return new Membership(started());
  }

  /// The present run; empty while it is stopped.
  Optional<Run> run() {
    return run.get();
  }

  private Run started() {
    return run.get()
        .orElseThrow(
            () -> new IllegalStateException("voter %s is stopped".formatted(settings.self())));
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (!closed.await(LONGEST_CARE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("voter {} is still being cared for; it is closed all the same", settings.self());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop();
    names.close();
    threads.shutdownNow(); // who is still told of a commit need not be told any more
  }
}
