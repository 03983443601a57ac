package dev.flotilla.raft.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.raft.ratis.VoterId;
import dev.flotilla.topology.model.Zone;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StartupTest {

  private static final Zone A = new Zone("a");
  private static final VoterId FIRST = VoterId.of("a.1");
  private static final VoterRecord NEW =
      VoterRecord.founding(new UUID(1, 2), new TreeSet<>(List.of(A, new Zone("b"), new Zone("c"))));

  @Test
  void theFirstTimeItFounds() {
    assertThat(Startup.of(NEW, A, disk())).isEqualTo(new Startup.Found(FIRST, NEW.start(FIRST)));
  }

  @Test
  void withItsDiskItResumes() {
    var record = NEW.start(FIRST);

    assertThat(Startup.of(record, A, disk("a.1"))).isEqualTo(new Startup.Resume(FIRST));
  }

  @Test
  @Tag("RF-1")
  void withoutItsDiskItComesBackAsAnother() {
    var record = NEW.start(FIRST);

    assertThat(Startup.of(record, A, disk()))
        .isEqualTo(new Startup.Join(VoterId.of("a.2"), record.start(VoterId.of("a.2"))));
  }

  /// It was stopped between the record and its disk: it cannot know that it did not vote.
  @Test
  void whoIsStoppedInBetweenComesBackAsAnotherToo() {
    var record = NEW.start(FIRST);
    var joining = ((Startup.Join) Startup.of(record, A, disk())).after();

    assertThat(Startup.of(joining, A, disk()))
        .isEqualTo(new Startup.Join(VoterId.of("a.3"), joining.start(VoterId.of("a.3"))));
    assertThat(Startup.of(joining, A, disk("a.1")))
        .as("an old disk that turns up again is not used")
        .isInstanceOf(Startup.Join.class);
  }

  @Test
  void aZoneWithoutAVoterIsTold() {
    assertThat(Startup.of(NEW, new Zone("d"), disk())).asString().contains("[a, b, c]");
  }

  /// The log of a store that was given up would be read into the new one.
  @Test
  void whereAnotherStoresLogLiesNothingIsFounded() {
    var disk = new VoterHome.Disk(voters(), voters(), voters("a.1"));

    assertThat(Startup.of(NEW, A, disk)).isInstanceOf(Startup.Refuse.class);
    assertThat(Startup.of(NEW.start(FIRST), A, disk))
        .as("another folder is taken")
        .isInstanceOf(Startup.Join.class);
  }

  @Test
  void theRecordIsReadAsItWasWritten() {
    for (var record : List.of(NEW, NEW.start(FIRST), NEW.start(FIRST.next()))) {
      assertThat(VoterRecord.read(record.entries())).contains(record);
    }
  }

  @Test
  void whatIsNoRecordIsRefusedByItsEntry() {
    for (String name : NEW.entries().keySet()) {
      var damaged = new HashMap<>(NEW.entries());
      damaged.remove(name);
      assertThatThrownBy(() -> VoterRecord.read(damaged))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void twoZonesAreNoStore() {
    assertThatThrownBy(() -> VoterRecord.founding(new UUID(1, 2), new TreeSet<>(List.of(A))))
        .hasMessageContaining("at least 3 zones");
  }

  /// What failed to start once is tried again under its name, as often as it takes.
  @Test
  void whoNeverWroteAnythingKeepsItsName() {
    var founding = NEW.start(FIRST);
    var joining = founding.start(FIRST.next());

    assertThat(Startup.of(founding, A, claimed("a.1")))
        .isEqualTo(new Startup.Found(FIRST, founding));
    assertThat(Startup.of(joining, A, claimed("a.2")))
        .isEqualTo(new Startup.Join(FIRST.next(), joining));
    assertThat(Startup.of(joining, A, claimed("a.1")))
        .as("another one's folder says nothing")
        .isEqualTo(new Startup.Join(VoterId.of("a.3"), joining.start(VoterId.of("a.3"))));
  }

  @Test
  void theRecordDoesNotGrow() {
    var record = NEW;
    for (int incarnation = 1; incarnation < 100; incarnation++) {
      record = record.start(new VoterId(A, incarnation));
    }

    assertThat(record.entries().values()).allMatch(text -> text.length() < 40);
  }

  private static VoterHome.Disk disk(String... started) {
    return new VoterHome.Disk(voters(started), voters(), voters());
  }

  private static VoterHome.Disk claimed(String... names) {
    return new VoterHome.Disk(voters(), voters(names), voters());
  }

  private static SortedSet<VoterId> voters(String... names) {
    var voters = new TreeSet<VoterId>();
    Arrays.stream(names).map(VoterId::of).forEach(voters::add);
    return voters;
  }
}
