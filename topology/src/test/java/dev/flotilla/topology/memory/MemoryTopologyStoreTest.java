package dev.flotilla.topology.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.LeaseResult;
import dev.flotilla.topology.store.StoreWatcher;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.TopologyStoreContract;
import dev.flotilla.topology.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MemoryTopologyStoreTest extends TopologyStoreContract {

  private static final Key KEY = new Key("counter");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

  @Override
  protected TopologyStore emptyStore() {
    return new MemoryTopologyStore(nanos::get);
  }

  @Override
  protected void outlast(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aWatchThatBeginsBeforeWhatIsKeptIsToldSo() {
    var store = new MemoryTopologyStore(nanos::get);
    var at = Revision.NONE;
    for (int i = 0; i <= CommitFeed.KEPT_COMMITS; i++) {
      store.commit(empty(at));
      at = at.next();
    }

    assertThat(told(store, Revision.NONE)).containsExactly("COMPACTED");
    assertThat(told(store, Revision.NONE.next()))
        .hasSize(CommitFeed.KEPT_COMMITS)
        .doesNotContain("COMPACTED");
  }

  @Test
  void aLeaseThatIsProlongedOutlastsItsFirstTime() {
    var store = new MemoryTopologyStore(nanos::get);
    var site = LeaseName.ofSite("eu-1");
    var time = Duration.ofSeconds(15);
    var granted = store.lease(site, "one", time);
    outlast(time.minusSeconds(1));
    assertThat(store.lease(site, "one", time)).isEqualTo(granted);

    outlast(time.minusSeconds(1));
    assertThat(store.lease(site, "two", time)).isInstanceOf(LeaseResult.Held.class);

    outlast(Duration.ofSeconds(1));
    assertThat(store.lease(site, "two", time)).isInstanceOf(LeaseResult.Granted.class);
  }

  /// Also not what happened while it was told of something else.
  @Test
  void aWatchThatIsClosedByItsWatcherTellsNothingMore() {
    var store = new MemoryTopologyStore(nanos::get);
    var told = new ArrayList<Revision>();
    var registration = new AtomicReference<TopologyStore.Registration>();
    registration.set(
        store.watch(
            KEY,
            Revision.NONE,
            new StoreWatcher() {
              @Override
              public void changed(Revision at, List<Change> changes) {
                told.add(at);
                store.commit(empty(at));
                registration.get().close();
              }

              @Override
              public void ended(Ending ending, String why) {
                throw new AssertionError(why);
              }
            }));

    store.commit(empty(Revision.NONE));

    assertThat(told).hasSize(1);
  }

  private static Transaction empty(Revision at) {
    return new Transaction(
        KEY, at, new IntentId("i" + at), Optional.empty(), new TreeMap<>(), List.of());
  }

  private static List<String> told(TopologyStore store, Revision after) {
    var told = new ArrayList<String>();
    store
        .watch(
            KEY,
            after,
            new StoreWatcher() {
              @Override
              public void changed(Revision at, List<Change> changes) {
                told.add(at.toString());
              }

              @Override
              public void ended(Ending ending, String why) {
                told.add(ending.name());
              }
            })
        .close();
    return told;
  }
}
