package dev.flotilla.operator.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Table;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTextTest {

  private static final String NODE_MESSAGE =
      "Node node-a-1 does not answer, so member search-data-a-000000 may still run there and is not"
          + " started twice. Bring the node back, or taint it with"
          + " node.kubernetes.io/out-of-service once it is surely off.";

  @Test
  void showsEveryMemberOfASmallDatabase() {
    assertThat(lines(Fixtures.fine(3)))
        .containsExactly(
            "shop/search · Elasticsearch 9.5.3 · Ready · ready 3/3 · zones a1 b1 c1",
            "ZONE  MEMBER                STATE   REASON  NODE      VOLUME",
            "a     search-data-a-000000  Active          node-a-1  data-search-data-a-000000",
            "b     search-data-b-000001  Active          node-b-1  data-search-data-b-000001",
            "c     search-data-c-000002  Active          node-c-1  data-search-data-c-000002",
            "address https://search.shop.svc:9200");
  }

  @Test
  void tellsWhatIsWrongOnceAndFirst() {
    assertThat(lines(Fixtures.withSilentNode(3, NODE_MESSAGE)))
        .startsWith(
            "shop/search · Elasticsearch 9.5.3 · Degraded · ready 2/3 · zones a0 b1 c1",
            "✗ NodeUnknown 2m: Node node-a-1 does not answer, so member search-data-a-000000 may"
                + " still run there and is not started",
            "  twice. Bring the node back, or taint it with node.kubernetes.io/out-of-service once"
                + " it is surely off.",
            "ZONE  MEMBER                STATE   REASON       NODE      VOLUME",
            "a     search-data-a-000000  Lost    NodeUnknown  node-a-1  data-search-data-a-000000");
  }

  @Test
  void foldsWhatIsAlikeAndShowsWhatIsNot() {
    assertThat(lines(Fixtures.withSilentNode(300, NODE_MESSAGE)))
        .containsSubsequence(
            "a     search-data-a-000000  Lost    NodeUnknown  node-a-1  data-search-data-a-000000",
            "a     99 members            Active",
            "b     100 members           Active",
            "c     100 members           Active");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 9, 10, 300})
  @Tag("UX-3")
  void fitsOneScreen(int members) {
    var longest = "Why it is so and what to do about it, in words. ".repeat(22).substring(0, 1024);
    for (DatabaseCluster cluster :
        members == 0
            ? List.of(Fixtures.unseen())
            : List.of(
                Fixtures.fine(members),
                Fixtures.growing(members),
                Fixtures.withSilentNode(members, longest))) {
      // The first line of the command names the cluster that is looked at.
      assertThat(lines(cluster).size() + 1).isLessThanOrEqualTo(30);
      assertThat(lines(cluster)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }
  }

  @Test
  void saysThatNobodyHasLooked() {
    assertThat(lines(Fixtures.unseen()))
        .contains("? no operator has reported on it yet; is one running?", "no members yet");
  }

  @Test
  void saysThatTheReportIsOld() {
    var cluster = Fixtures.fine(3);
    cluster.getMetadata().setGeneration(2L);

    assertThat(ClusterSheet.of(cluster).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(String.join(" ", lines(cluster)))
        .contains("the newest specification has not been looked at yet");
  }

  @Test
  void columnsGoInOrderAndIdentifiersAreNeverCut() {
    var wide =
        IntStream.range(0, 2).mapToObj(i -> List.of("x".repeat(50), "y".repeat(50), "z")).toList();

    assertThat(new Table(List.of("A", "B", "C"), List.of(2, 1), wide).lines(60))
        .containsExactly("A", "x".repeat(50), "x".repeat(50));
  }

  @Test
  void usesNothingBeyondAsciiWhereNothingElseCanBeShown() {
    var lines =
        new ClusterText(screen(false))
            .lines(ClusterSheet.of(Fixtures.withSilentNode(3, NODE_MESSAGE)));

    assertThat(String.join("\n", lines)).matches("[\\n\\x20-\\x7e]+").contains("FAIL NodeUnknown");
  }

  private static List<String> lines(DatabaseCluster cluster) {
    return new ClusterText(screen(true)).lines(ClusterSheet.of(cluster));
  }

  private static Screen screen(boolean unicode) {
    return new Screen(unicode, 120, "flotilla", Fixtures.NOW);
  }
}
