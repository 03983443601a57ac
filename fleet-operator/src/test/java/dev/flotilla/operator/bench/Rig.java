package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.MemberName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A change that operators are disturbed in: what goes before, the change itself, and what must be
/// the case afterwards however it went.
///
/// @param before what brings the bench to where the change begins; an operator has come to rest
/// @param change what the user or fate does
record Rig(String name, Consumer<Bench> before, Consumer<Bench> change) {

  private static final Map<String, Outcome> UNDISTURBED = new ConcurrentHashMap<>();

  static Stream<Rig> all() {
    return Stream.of(CREATE, HEAL, SCALE_OUT);
  }

  static final Rig CREATE = new Rig("create", bench -> {}, bench -> bench.apply(Specs.of(3)));

  static final Rig HEAL =
      new Rig(
          "heal",
          bench -> {
            bench.apply(Specs.of(3));
            bench.rest(bench.start());
          },
          bench -> {
            bench.cluster.remove(bench.pod("b").key());
            bench.cluster.remove(bench.pod("c").key());
          });

  static final Rig SCALE_OUT =
      new Rig(
          "scale-out",
          bench -> {
            bench.apply(Specs.of(3));
            bench.rest(bench.start());
          },
          bench -> bench.apply(Specs.of(8)));

  /// What an undisturbed run leaves, and how much it wrote.
  ///
  /// @param writes of the operator that carried out the change
  record Outcome(
      String picture, Map<String, Integer> created, Map<String, Integer> deleted, int writes) {}

  /// The bench right after the change, with no operator running.
  Bench bench() {
    var bench = new Bench();
    before.accept(bench);
    change.accept(bench);
    return bench;
  }

  /// The same for every test, so it is run once.
  Outcome undisturbed() {
    return UNDISTURBED.computeIfAbsent(name, name -> runUndisturbed());
  }

  private Outcome runUndisturbed() {
    var bench = bench();
    var operator = bench.start();
    bench.rest(operator);
    return new Outcome(
        bench.picture(),
        bench.cluster.created(),
        bench.cluster.deleted(),
        operator.kube.writes().size());
  }

  /// What holds at the end of every run, disturbed or not.
  static void assertSame(Bench bench, Outcome undisturbed) {
    assertThat(bench.picture()).isEqualTo(undisturbed.picture());
    assertThat(bench.cluster.created()).isEqualTo(undisturbed.created());
    assertThat(bench.cluster.deleted()).isEqualTo(undisturbed.deleted());
    assertOneOfEach(bench);
  }

  /// Never two pods or two names for one slot, never a second volume, never a second founding.
  static void assertOneOfEach(Bench bench) {
    var slots = bench.cluster.pods(SEARCH).stream().map(pod -> pod.draft().member().slot());
    assertThat(slots).doesNotHaveDuplicates();
    var claims = bench.cluster.everCreated(Thing.Claim.class).stream().map(Thing.Claim::name);
    assertThat(claims).doesNotHaveDuplicates();
    assertThat(bench.engine.formations()).isLessThanOrEqualTo(1);
    assertThat(founderLists(bench)).hasSizeLessThanOrEqualTo(1);
  }

  /// The founders that pods were told of: every pod must have been told of the same.
  private static List<List<MemberName>> founderLists(Bench bench) {
    return bench.cluster.everCreated(Thing.Pod.class).stream()
        .map(pod -> pod.draft().founders())
        .filter(list -> !list.isEmpty())
        .distinct()
        .collect(Collectors.toList());
  }

  @Override
  public String toString() {
    return name;
  }
}
