package dev.flotilla.chaos.history;

import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.CommitResult.Objection;
import dev.flotilla.topology.store.Contents;
import dev.flotilla.topology.store.Entry;
import dev.flotilla.topology.store.Fence;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.LeaseResult;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One thing that a client asked of the store, and what it was told; a line of a history. The
/// program `histories` says what the texts mean.
///
/// @param client who asked; each has one operation at a time
/// @param call when it was asked, in nanoseconds of one clock
/// @param end when it was answered
record Operation(int client, long call, long end, Asked asked, Told told) {

  static final Key HEAD = new Key("history");

  /// What is asked.
  ///
  /// @param expected revision of a commit
  /// @param fence epoch of a commit, 0 without one
  /// @param site whose lease is meant; each history has one of its own
  /// @param time of a lease, in nanoseconds
  record Asked(
      String verb,
      long expected,
      String intent,
      long fence,
      String site,
      String holder,
      long epoch,
      long time) {

    static Asked that(String verb) {
      return new Asked(verb, 0, "", 0, "", "", 0, 0);
    }

    static Asked read() {
      return that("read");
    }

    static Asked commit(long expected, String intent, String site, long fence) {
      return new Asked("commit", expected, intent, fence, site, "", 0, 0);
    }

    static Asked take(String site, String holder, Duration time) {
      return new Asked("take", 0, "", 0, site, holder, 0, time.toNanos());
    }

    static Asked release(String site, String holder, long epoch) {
      return new Asked("release", 0, "", 0, site, holder, epoch, 0);
    }

    Told of(TopologyStore store) throws InterruptedException {
      return switch (verb) {
        case "read" -> told(store.read(HEAD));
        case "commit" -> told(store.commit(transaction()));
        case "take" -> told(store.lease(lease(), holder, Duration.ofNanos(time)));
        case "release" -> {
          store.release(lease(), holder, new Epoch(epoch));
          yield Told.that("done");
        }
        default -> throw new IllegalArgumentException("nobody asks for " + verb);
      };
    }

    private LeaseName lease() {
      return LeaseName.ofSite(site);
    }

    private Transaction transaction() {
      return new Transaction(
          HEAD,
          new Revision(expected),
          new IntentId(intent),
          fence == 0 ? Optional.empty() : Optional.of(new Fence(lease(), new Epoch(fence))),
          new TreeMap<>(),
          List.of(new Change.Put(HEAD.child("by"), intent)));
    }

    private static Told told(StoreReading reading) {
      return switch (reading) {
        case StoreReading.Unknown unknown -> Told.nobodyKnows();
        case StoreReading.Known(Contents contents) ->
            new Told(
                "known",
                contents.revision(HEAD).value(),
                contents.entry(HEAD).map(Entry::value).orElse(""),
                0,
                "");
      };
    }

    private static Told told(CommitResult result) {
      return switch (result) {
        case CommitResult.Applied(var revision) -> new Told("applied", revision.value(), "", 0, "");
        case CommitResult.Rejected(Objection.Outdated(var key, var current)) ->
            new Told("outdated", current.value(), "", 0, "");
        case CommitResult.Rejected(Objection.Overtaken(var current)) ->
            new Told("overtaken", 0, "", current.value(), "");
        case CommitResult.Unconfirmed unconfirmed -> Told.nobodyKnows();
      };
    }

    private static Told told(LeaseResult result) {
      return switch (result) {
        case LeaseResult.Granted(var epoch) -> new Told("granted", 0, "", epoch.value(), "");
        case LeaseResult.Held(var holder, var epoch) ->
            new Told("held", 0, "", epoch.value(), holder);
        case LeaseResult.Unconfirmed unconfirmed -> Told.nobodyKnows();
      };
    }
  }

  /// What is answered.
  ///
  /// @param word empty if nobody knows
  /// @param revision of the head
  /// @param last the intent that stands in the head
  record Told(String word, long revision, String last, long epoch, String holder) {

    static Told that(String word) {
      return new Told(word, 0, "", 0, "");
    }

    static Told nobodyKnows() {
      return that("");
    }
  }
}
