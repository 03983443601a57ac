package dev.flotilla.operator.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.v1alpha1.Condition;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.operator.cli.output.Screen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FleetTextTest {

  private static final int FLEET = 10_000;
  private static final int BAD = 50;
  private static final int GROWING = 100;

  @Test
  @Tag("UX-2")
  void aFleetOfTenThousandFitsOneScreenWithTheOldestProblemFirst() {
    var fleet = new ArrayList<ClusterSheet>();
    for (int number = 0; number < FLEET; number++) {
      var cluster =
          number % (FLEET / BAD) == 7
              ? Fixtures.withSilentNode(3, "Node node-a-1 does not answer.")
              : number % (FLEET / GROWING) == 8 ? Fixtures.growing(3) : Fixtures.fine(3);
      // What is only working is older than any problem; of problems, later names are older.
      int age = cluster.getStatus().members().getFirst().state().equals("Lost") ? number : FLEET;
      fleet.add(ClusterSheet.of(aged(cluster, "db-%05d".formatted(number), age)));
    }

    var lines = new FleetText(new Screen(true, 120, "flotilla", Fixtures.NOW)).lines(fleet);

    // The first line of the command names the cluster that is looked at.
    assertThat(lines.size() + 1).isLessThanOrEqualTo(24);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    assertThat(lines.getFirst())
        .isEqualTo("10,000 databases: 50 need you, 100 working, 9,850 fine");
    assertThat(lines.get(2)).contains("✗", "db-09807", "NodeUnknown");
    assertThat(lines.get(3)).contains("✗", "db-09607", "NodeUnknown");
    assertThat(lines.getLast()).isEqualTo("and 9,980 more: -o json");
  }

  private static DatabaseCluster aged(DatabaseCluster cluster, String name, int seconds) {
    List<Condition> conditions =
        cluster.getStatus().conditions().stream()
            .map(condition ->
                new Condition(
                    condition.type(),
                    condition.status(),
                    condition.observedGeneration(),
                    condition.lastTransitionTime().minusSeconds(seconds),
                    condition.reason(),
                    condition.message()))
            .toList();
    var aged = Fixtures.cluster(cluster.getStatus().members(), conditions);
    aged.getMetadata().setName(name);
    return aged;
  }
}
