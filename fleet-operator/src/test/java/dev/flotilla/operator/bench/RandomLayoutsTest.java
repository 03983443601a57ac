package dev.flotilla.operator.bench;

import static dev.flotilla.operator.core.Drawing.NOW;
import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.Drawing;
import dev.flotilla.operator.core.drain.DrainRules;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.plan.Planner;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Feasibility;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.MemberName;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/// A pool is made smaller, step by step, whatever its layout and however many copies there are, on
/// an engine that knows zones and copies of one shard. Whoever is told to go can go.
class RandomLayoutsTest {

  private static final String LETTERS = "abcde";

  /// @param members in each zone, 1 to 9
  /// @param copies of each shard
  record Layout(List<Integer> members, int copies, int shards, int wanted) {

    String zones() {
      return LETTERS.substring(0, members.size());
    }

    Set<String> aliases() {
      return IntStream.range(0, members.size())
          .boxed()
          .flatMap(zone ->
              IntStream.rangeClosed(1, members.get(zone))
                  .mapToObj(ordinal -> LETTERS.charAt(zone) + "" + ordinal))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Provide
  Arbitrary<Layout> layouts() {
    var members =
        Arbitraries.integers()
            .between(1, 9)
            .list()
            .ofMinSize(3)
            .ofMaxSize(5)
            .filter(zones -> zones.stream().mapToInt(it -> it).sum() <= 30);
    return Combinators.combine(
            members,
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(1, 6),
            Arbitraries.integers().between(1, 12))
        .as(Layout::new);
  }

  @Property(tries = 60)
  @Tag("ZD-1")
  @Tag("R24")
  void whoeverIsToldToGoCanGoAndNoZoneIsEmptied(@ForAll("layouts") Layout layout) {
    shrink(layout);
  }

  /// The layout of the published failure: the last member of zone a is not the one to go.
  @Example
  @Tag("ZD-1")
  void theLastMemberOfAZoneIsNeverAskedFor() {
    var end = shrink(new Layout(List.of(1, 2, 4), 3, 4, 6));

    assertThat(end.aliases).containsExactlyInAnyOrder("a1", "b1", "b2", "c1", "c2", "c3");
    assertThat(end.everMarked).noneMatch(name -> name.equals(Drawing.member("a1")));
  }

  private static Shrinking shrink(Layout layout) {
    var shrinking = new Shrinking(layout);
    for (int step = 0; step < 40 && shrinking.step(); step++) {
      // each step has its own assertions
    }
    return shrinking;
  }

  private static final class Shrinking {

    private final Layout layout;
    private final Set<String> aliases;
    private final FakeDatabase database = new FakeDatabase(Drawing.ENGINE, new ManualTime());
    private final Set<MemberName> everMarked = new TreeSet<>();

    Shrinking(Layout layout) {
      this.layout = layout;
      aliases = layout.aliases();
      seat();
      database.store("orders", layout.shards(), layout.copies() - 1);
    }

    private void seat() {
      var zones = new TreeMap<String, String>();
      aliases.forEach(alias -> zones.put(Drawing.member(alias).value(), alias.substring(0, 1)));
      database.members(zones, Map.of());
    }

    /// @return whether somebody went
    boolean step() {
      var before = skew();
      var view = answered();
      var plan = Planner.plan(view);
      assertThat(Planner.plan(view)).isEqualTo(plan);
      var victims = begun(plan);
      if (victims.isEmpty()) {
        return false;
      }
      assertThat(zones(victims)).as("zones of those who go together").hasSize(1);

      everMarked.addAll(victims);
      database.sync(MarkOrder.mark(victims));
      for (int look = 0; look < 100; look++) {
        database.evacuation(victims);
      }
      assertThat(victims).allSatisfy(it -> assertThat(database.count(it.value())).isZero());
      database.sync(MarkOrder.release(victims));
      aliases.removeIf(alias -> victims.contains(Drawing.member(alias)));
      seat();

      assertThat(perZone().getMin()).as("members of the smallest zone").isPositive();
      assertThat(skew()).isLessThanOrEqualTo(Math.max(1, before));
      return true;
    }

    private static Set<MemberName> begun(Plan plan) {
      return plan.steps().stream()
          .flatMap(it ->
              it.step() instanceof Step.Commit commit ? commit.drains().stream() : Stream.of())
          .map(DrainRecord::member)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> zones(Set<MemberName> members) {
      return aliases.stream()
          .filter(alias -> members.contains(Drawing.member(alias)))
          .map(alias -> alias.substring(0, 1))
          .collect(Collectors.toSet());
    }

    private LongSummaryStatistics perZone() {
      return layout
          .zones()
          .chars()
          .mapToLong(zone -> aliases.stream().filter(it -> it.charAt(0) == zone).count())
          .summaryStatistics();
    }

    private long skew() {
      return perZone().getMax() - perZone().getMin();
    }

    /// The view once the engine was asked about just those whom the planner wants to know of.
    private ClusterView answered() {
      SortedSet<MemberName> asked = new TreeSet<>();
      var view = view(asked);
      for (int turn = 0; turn < 4; turn++) {
        asked = DrainRules.asked(view);
        view = view(asked);
      }
      assertThat(DrainRules.asked(view)).isEqualTo(asked);
      return view;
    }

    private ClusterView view(SortedSet<MemberName> asked) {
      var now = database.evacuation(asked);
      var copies = Stream.concat(now.unassigned().stream(), now.left().stream()).toList();
      var said = new Feasibility(asked, copies.size(), database.explain(copies, asked));
      var drainage =
          new Drainage(
              known(database.marks()), known(now), known(now), known(said), new TreeMap<>());
      return with(situation(text()), drainage);
    }

    private String text() {
      var lines = layout.zones().chars().mapToObj(zone -> line(Character.toString(zone))).toList();
      return "zones %s\npool data wants %d\nempties\n%s\n%s"
          .formatted(
              layout.zones(),
              layout.wanted(),
              String.join("\n", lines),
              database.health() == EngineReport.Health.GREEN ? "" : "engine yellow");
    }

    private String line(String zone) {
      return aliases.stream()
          .filter(alias -> alias.startsWith(zone))
          .collect(Collectors.joining(" ", zone + ": ", ""));
    }
  }

  private static <T> Reading<T> known(T value) {
    return new Reading.Known<>(value, NOW);
  }

  private static ClusterView with(ClusterView view, Drainage drainage) {
    return new ClusterView(
        view.identity(),
        view.spec(),
        view.authority(),
        view.fresh(),
        view.revision(),
        view.tenant(),
        view.members(),
        view.gone(),
        view.kept(),
        view.strays(),
        view.pools(),
        view.terrain(),
        view.engine(),
        Optional.of(drainage),
        view.requests(),
        view.fleet(),
        view.standing(),
        view.blueprint());
  }
}
