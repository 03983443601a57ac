package dev.flotilla.operator.bench;

import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.operator.port.MarkResult;
import dev.flotilla.topology.model.MemberName;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One database of a fake engine: where its data lies, what keeps data off members, and what
/// becomes of a write. It keeps the same contract as a real engine.
///
/// Data moves when somebody looks: one copy off each excluded member.
public final class FakeDatabase {

  private static final long TERM = 1;

  /// The list in which the operator writes.
  private static final String LIST = "exclude._name";

  /// The other one.
  static final String ADDRESSES = "exclude._ip";

  private final String uuid;
  private final InstantSource clock;
  private final FakeShards shards = new FakeShards();
  private final SortedSet<MemberName> own = new TreeSet<>();
  private final Deque<Fate> fates = new ArrayDeque<>();
  private final Deque<MarkOrder> late = new ArrayDeque<>();
  private SortedMap<String, String> zones = new TreeMap<>();
  private Map<String, Integer> starts = Map.of();
  private List<String> byHand = List.of();
  private List<String> addresses = List.of();
  private Map<String, String> reached = Map.of();
  private Optional<String> hidden = Optional.empty();
  private final Map<String, Integer> returning = new TreeMap<>();
  private int looks;
  private int version;
  private int writes;
  private boolean frozen;
  private Optional<Long> weight = Optional.empty();

  /// What becomes of a write whose answer is lost.
  public enum Fate {
    /// It was carried out.
    DONE,
    /// It was not, and never will be.
    LOST,
    /// It will be carried out when [#landLate] says so.
    LATE
  }

  public FakeDatabase(String uuid, InstantSource clock) {
    this.uuid = uuid;
    this.clock = clock;
  }

  /// The members that are there now.
  ///
  /// @param zoned their zones
  /// @param started how often each has been started; one that is left out was once
  public void members(SortedMap<String, String> zoned, Map<String, Integer> started) {
    if (!zoned.equals(zones) || !started.equals(starts)) {
      version++;
    }
    zones = new TreeMap<>(zoned);
    returning.keySet().retainAll(zones.keySet());
    returning.replaceAll((member, left) -> left - 1);
    returning.values().removeIf(left -> left <= 0);
    if (looks > 0) {
      zones.keySet().stream()
          .filter(member -> !started.getOrDefault(member, 1).equals(starts.getOrDefault(member, 1)))
          .forEach(member -> returning.put(member, looks));
    }
    starts = Map.copyOf(started);
    var whole = new TreeMap<>(zones);
    whole.keySet().removeAll(returning.keySet());
    shards.members(whole);
  }

  /// From now on, the copies of a member that was started again are back only after so many looks.
  void returnAfter(int count) {
    looks = count;
  }

  /// Stores something; without anything stored members hold nothing.
  public void store(String index, int count, int replicas) {
    version++;
    shards.create(index, count, replicas);
  }

  /// What people have written into the list in which the operator writes.
  public void markByHand(List<String> entries) {
    version++;
    byHand = List.copyOf(entries);
  }

  /// Addresses that people have excluded, in another list than the operator's.
  public void excludeAddresses(List<String> entries) {
    version++;
    addresses = List.copyOf(entries);
  }

  /// Those that are excluded now.
  List<String> excludedAddresses() {
    return addresses;
  }

  /// Where its members are reached now, by their names.
  void reachedAt(Map<String, String> now) {
    reached = Map.copyOf(now);
  }

  /// Somebody else's setting takes the place of the list, or does not any more.
  void hide(Optional<String> why) {
    version++;
    hidden = why;
  }

  /// From now on nothing moves, although the engine says that it may; or it moves again.
  void freeze(boolean still) {
    frozen = still;
  }

  /// From now on members say how many bytes they hold: so many for each copy.
  void weigh(long bytes) {
    weight = Optional.of(bytes);
  }

  /// The answers to the next writes are lost, and this becomes of them.
  void loseAnswers(Fate... next) {
    fates.addAll(List.of(next));
  }

  /// Carries out what was written long ago.
  void landLate() {
    while (!late.isEmpty()) {
      apply(late.removeFirst());
    }
  }

  /// How many writes it has taken in.
  int writes() {
    return writes;
  }

  /// Everything that is listed now, people's entries first.
  public List<String> listed() {
    return Stream.concat(byHand.stream(), own.stream().map(MemberName::value)).toList();
  }

  int count(String member) {
    return shards.count(member);
  }

  boolean isEmpty() {
    return shards.isEmpty();
  }

  /// Every copy there is, in a fixed order.
  List<Evacuation.Copy> copies() {
    return shards.all();
  }

  EngineMarks marks() {
    var others =
        addresses.stream()
            .map(it -> new EngineMarks.ForeignMark(ADDRESSES, false, EngineMarks.By.ADDRESS, it))
            .toList();
    return new EngineMarks(evidence(), LIST, new TreeSet<>(listed()), others, hidden);
  }

  private EngineMarks.Evidence evidence() {
    return new EngineMarks.Evidence(uuid, TERM, version);
  }

  MarkResult sync(MarkOrder order) {
    if (!order.present().isEmpty() && hidden.isPresent()) {
      return new MarkResult.Refused(hidden.orElseThrow());
    }
    if (!order.takesAway() && own.containsAll(order.present())) {
      return new MarkResult.Held(marks(), false, clock.instant());
    }
    writes++;
    if (!fates.isEmpty()) {
      switch (fates.removeFirst()) {
        case DONE -> apply(order);
        case LOST -> {}
        case LATE -> late.add(order);
      }
      return new MarkResult.Unconfirmed("the answer was lost");
    }
    landLate();
    apply(order);
    return new MarkResult.Held(marks(), true, clock.instant());
  }

  private void apply(MarkOrder order) {
    order.struck().ifPresent(this::strike);
    boolean changed = own.removeAll(order.absent());
    if (own.addAll(order.present()) || changed) {
      version++;
    }
  }

  private void strike(MarkOrder.Entry entry) {
    version++;
    switch (entry.setting()) {
      case LIST -> byHand = byHand.stream().filter(it -> !it.equals(entry.text())).toList();
      case ADDRESSES ->
          addresses = addresses.stream().filter(it -> !it.equals(entry.text())).toList();
      default -> throw new AssertionError("there is no setting " + entry.setting());
    }
  }

  /// The names on which nothing may lie; a person's entry may be no name of a member.
  private Collection<String> excluded() {
    var byAddress =
        reached.entrySet().stream()
            .filter(member -> addresses.contains(member.getValue()))
            .map(Map.Entry::getKey);
    return Stream.concat(byAddress, hidden.isPresent() ? Stream.of() : listed().stream()).toList();
  }

  Evacuation evacuation(Set<MemberName> leaving) {
    int before = shards.all().hashCode();
    if (!frozen) {
      shards.move(excluded());
    }
    var all = shards.all();
    version += all.hashCode() == before ? 0 : 1;
    var names = leaving.stream().map(MemberName::value).collect(Collectors.toSet());
    return new Evacuation(
        evidence(),
        health(all),
        zones.keySet().stream().map(this::seat).toList(),
        all.stream().filter(copy -> copy.at().filter(names::contains).isPresent()).toList(),
        all.stream().filter(copy -> copy.at().isEmpty()).toList(),
        zones.keySet().stream()
            .map(FakeDatabase::id)
            .collect(Collectors.toCollection(TreeSet::new)),
        0);
  }

  EngineReport.Health health() {
    return health(shards.all());
  }

  private static EngineReport.Health health(List<Evacuation.Copy> copies) {
    var nowhere = copies.stream().filter(copy -> copy.at().isEmpty()).toList();
    if (nowhere.isEmpty()) {
      return EngineReport.Health.GREEN;
    }
    boolean lost =
        nowhere.stream()
            .anyMatch(gone ->
                copies.stream()
                    .noneMatch(copy ->
                        copy.at().isPresent()
                            && copy.index().equals(gone.index())
                            && copy.shard() == gone.shard()));
    return lost ? EngineReport.Health.RED : EngineReport.Health.YELLOW;
  }

  private Evacuation.Seat seat(String name) {
    var process = "%s-process-%d".formatted(name, starts.getOrDefault(name, 1));
    int copies = shards.count(name);
    var usage =
        weight.map(bytes -> new Evacuation.Usage(bytes * copies, 0, 0, OptionalLong.empty()));
    return new Evacuation.Seat(name, id(name), process, copies, usage);
  }

  private static String id(String name) {
    return "id-of-" + name;
  }

  List<Explained> explain(List<Evacuation.Copy> copies, Set<MemberName> leaving) {
    var names = leaving.stream().map(MemberName::value).collect(Collectors.toSet());
    return copies.stream().map(copy -> shards.explain(copy, names)).toList();
  }
}
