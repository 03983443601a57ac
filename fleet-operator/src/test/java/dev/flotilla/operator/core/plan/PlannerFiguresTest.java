package dev.flotilla.operator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.Drawing;
import dev.flotilla.operator.core.view.ClusterView;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Prints what planning takes, for docs/benchmarks.md; only what is planned is checked, since a
/// time depends on the machine.
class PlannerFiguresTest {

  private static final int MEMBERS = 300;
  private static final int DATABASES = 334;
  private static final int ROUNDS = 9;

  /// Every database has a view of its own, as in an operator.
  @Test
  void aHundredThousandPodsWithNothingToDo() {
    var views =
        IntStream.range(0, DATABASES).mapToObj(number -> Drawing.situation(members(""))).toList();

    int steps =
        measured(
            "plan %,d databases of %d members, nothing to do".formatted(DATABASES, MEMBERS),
            () -> views.stream().mapToInt(view -> Planner.plan(view).steps().size()).sum());

    assertThat(steps).isZero();
  }

  @Test
  void oneDatabaseOfThreeHundredMembers() {
    assertThat(forecast("", "nothing to do")).isZero();
    assertThat(forecast("[no pod]", "every pod lost")).isGreaterThanOrEqualTo(1);
  }

  private static int forecast(String members, String what) {
    ClusterView view = Drawing.situation(members(members));
    return measured(
        "forecast one database of %d members, %s".formatted(MEMBERS, what),
        () -> Forecast.of(view).steps().size());
  }

  private static String members(String state) {
    return "pool data wants %d\n".formatted(MEMBERS)
        + List.of("a", "b", "c").stream()
            .map(zone ->
                IntStream.rangeClosed(1, MEMBERS / 3)
                    .mapToObj(number -> " " + zone + number + state)
                    .collect(Collectors.joining("", zone + ":", "\n")))
            .collect(Collectors.joining());
  }

  /// Runs it often enough for the compiler and prints the median of the second half.
  private static int measured(String what, IntSupplier run) {
    var millis = new double[2 * ROUNDS];
    int result = 0;
    for (int round = 0; round < millis.length; round++) {
      long start = System.nanoTime();
      result = run.getAsInt();
      millis[round] = (System.nanoTime() - start) / 1e6;
    }
    var warm = Arrays.copyOfRange(millis, ROUNDS, millis.length);
    Arrays.sort(warm);
    System.out.printf(
        "| %s | %d steps | median %.1f ms, least %.1f ms |%n",
        what, result, warm[ROUNDS / 2], warm[0]);
    return result;
  }
}
