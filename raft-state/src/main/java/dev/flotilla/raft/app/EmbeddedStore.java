package dev.flotilla.raft.app;

import dev.flotilla.raft.app.VoterRegister.Page;
import dev.flotilla.raft.ratis.PeerTls;
import dev.flotilla.raft.ratis.Voter;
import dev.flotilla.raft.ratis.VoterId;
import dev.flotilla.raft.ratis.VoterSettings;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.LeaseResult;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.StoreWatcher;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The store with its voter in this process. It starts the voter that the record of voters names,
/// another one once the record names another, and where its voter leads it lets those vote whom the
/// record names.
///
/// Until its voter has started, every answer is that nobody knows.
///
/// Source: RF-1 in docs/requirements.md; docs/adr/0020-raft-by-ratis.md
public final class EmbeddedStore implements TopologyStore {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);

  /// The register tells of nothing by itself.
  private static final Duration NEXT_TURN = Duration.ofSeconds(2);

  /// What one turn of the keeper may take after it was told to end.
  private static final Duration LONGEST_CARE = Duration.ofSeconds(30);

  private final VoterHome home;
  private final VoterRegister register;
  private final Function<VoterId, PeerTls> identity;
  private final Voter.Surroundings surroundings;
  private final Supplier<UUID> newGroups;
  private final AtomicReference<State> state =
      new AtomicReference<>(new State.Waiting("the store has not been started yet"));
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread keeper;

  /// What has become of the voter.
  private sealed interface State {

    /// @param why one clause for people
    record Waiting(String why) implements State {}

    record Started(Voter voter) implements State {}
  }

  private EmbeddedStore(
      VoterHome home,
      VoterRegister register,
      Function<VoterId, PeerTls> identity,
      Voter.Surroundings surroundings,
      Supplier<UUID> newGroups) {
    this.home = home;
    this.register = register;
    this.identity = identity;
    this.surroundings = surroundings;
    this.newGroups = newGroups;
    keeper = Thread.ofVirtual().name("flotilla-store").unstarted(this::keep);
  }

  /// Begins to start the voter; does not wait for it.
  ///
  /// @param identity what a voter shows the others; may block
  /// @param surroundings of the voter; its directory of peers is closed with the store
  /// @param newGroups names for stores that nobody has founded yet, each given once
  public static EmbeddedStore open(
      VoterHome home,
      VoterRegister register,
      Function<VoterId, PeerTls> identity,
      Voter.Surroundings surroundings,
      Supplier<UUID> newGroups) {
    var store = new EmbeddedStore(home, register, identity, surroundings, newGroups);
    store.keeper.start();
    return store;
  }

  private void keep() {
    try {
      do {
        turn();
      } while (!closing.await(NEXT_TURN.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is being closed
    }
  }

  /// Nothing that goes wrong here may end the keeper: what is wrong can pass.
  private void turn() throws InterruptedException {
    try {
      switch (state.get()) {
        case State.Waiting waiting -> begin();
        case State.Started(var voter) when voter.isRunning() && !voter.leads() -> {}
        case State.Started(var voter) -> lookAfter(voter);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("the voter of zone {} is not as it should be", home.zone(), e);
      state.getAndUpdate(now ->
          now instanceof State.Waiting ? new State.Waiting("its voter cannot start: " + e) : now);
    }
  }

  private void begin() throws IOException, InterruptedException {
    switch (register.read()) {
      case Page.Unknown(var why) -> hold("the record of voters cannot be read: " + why);
      case Page.Known(var record, var version) when record.isEmpty() -> {
        if (write(version, VoterRecord.founding(newGroups.get(), home.zones()))) {
          begin();
        }
      }
      case Page.Known(var record, var version) -> begin(record.get(), version);
    }
  }

  private void begin(VoterRecord record, String version) throws IOException, InterruptedException {
    switch (Startup.of(record, home.zone(), home.disk(record.group()))) {
      case Startup.Refuse(var why) -> hold(why);
      case Startup.Resume(var self) ->
          started(Voter.resume(settings(record, self), surroundings), "resumes");
      case Startup.Found(var self, var after) -> {
        if (stands(record, version, after)) {
          home.claim(self);
          started(Voter.found(settings(after, self), surroundings), "founds the store");
        }
      }
      case Startup.Join(var self, var after) -> {
        if (stands(record, version, after)) {
          home.claim(self);
          started(Voter.join(settings(after, self), surroundings), "joins the store");
        }
      }
    }
  }

  /// Whether the record says what it has to say before anything is written to the disk.
  private boolean stands(VoterRecord record, String version, VoterRecord wanted) {
    return wanted.equals(record) || write(version, wanted);
  }

  private boolean write(String version, VoterRecord after) {
    var objection = register.write(version, after);
    objection.ifPresent(why -> hold("the record of voters is not written yet: " + why));
    return objection.isEmpty();
  }

  private void hold(String why) {
    var now = new State.Waiting(why);
    if (!state.getAndSet(now).equals(now)) {
      LOG.info("the voter of zone {} waits: {}", home.zone(), why);
    }
  }

  private void started(Voter voter, String how) {
    LOG.info("voter {} {}", voter.id(), how);
    state.set(new State.Started(voter));
  }

  private VoterSettings settings(VoterRecord record, VoterId self) {
    return new VoterSettings(
        record.group(),
        self,
        record.voters(),
        home.of(self),
        home.place(),
        home.reserve(),
        home.election(),
        Optional.of(identity.apply(self)));
  }

  private void lookAfter(Voter voter) throws IOException, InterruptedException {
    if (!(register.read() instanceof Page.Known(var record, var version)) || record.isEmpty()) {
      return; // it goes on as it was, and is looked after later
    }
    var members = voter.membership().members();
    var condition = new Upkeep.Condition(voter.id(), voter.leads(), members);
    switch (Upkeep.of(record.get(), condition)) {
      case Upkeep.Nothing nothing -> {}
      case Upkeep.Replace(var other) -> {
        hold("voter %s takes the place of %s".formatted(other, voter.id()));
        voter.close();
      }
      case Upkeep.Change(var wanted) -> {
        LOG.info("voter {} lets {} vote", voter.id(), wanted);
        voter.membership().become(wanted);
      }
    }
  }

  /// How its voter does.
  public VoterReport report() {
    return switch (state.get()) {
      case State.Waiting(var why) ->
          new VoterReport(home.zone(), Optional.empty(), Optional.empty(), why);
      case State.Started(var voter) -> {
        var standing = voter.standing();
        var why = standing.isPresent() ? "" : "voter %s is stopped".formatted(voter.id());
        yield new VoterReport(home.zone(), Optional.of(voter.id()), standing, why);
      }
    };
  }

  @Override
  public StoreReading read(Key under) throws InterruptedException {
    return switch (state.get()) {
      case State.Waiting(var why) -> new StoreReading.Unknown(why);
      case State.Started(var voter) -> voter.store().read(under);
    };
  }

  @Override
  public CommitResult commit(Transaction transaction) throws InterruptedException {
    return switch (state.get()) {
      case State.Waiting(var why) -> new CommitResult.Unconfirmed(why);
      case State.Started(var voter) -> voter.store().commit(transaction);
    };
  }

  @Override
  public Registration watch(Key under, Revision after, StoreWatcher watcher) {
    return switch (state.get()) {
      case State.Waiting(var why) -> {
        watcher.ended(StoreWatcher.Ending.LOST, why);
        yield () -> {};
      }
      case State.Started(var voter) -> voter.store().watch(under, after, watcher);
    };
  }

  @Override
  public LeaseResult lease(LeaseName name, String holder, Duration time)
      throws InterruptedException {
    return switch (state.get()) {
      case State.Waiting(var why) -> new LeaseResult.Unconfirmed(why);
      case State.Started(var voter) -> voter.store().lease(name, holder, time);
    };
  }

  @Override
  public void release(LeaseName name, String holder, Epoch epoch) throws InterruptedException {
    if (state.get() instanceof State.Started(var voter)) {
      voter.store().release(name, holder, epoch);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    keeper.interrupt();
    try {
      if (!keeper.join(LONGEST_CARE)) {
        LOG.warn("the voter's keeper does not end; its voter is closed all the same");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (state.getAndSet(new State.Waiting("the process is stopping"))
        instanceof State.Started(var voter)) {
      voter.close();
    }
    surroundings.peers().close();
  }
}
