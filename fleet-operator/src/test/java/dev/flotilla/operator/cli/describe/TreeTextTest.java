package dev.flotilla.operator.cli.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.status.Fixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeTextTest {

  private static final String SILENT = "Node node-a-1 does not answer.";

  @Test
  void namesTheDeepestCauseOnTheFirstLineAndMarksIt() {
    assertThat(lines(Fixtures.withSilentNode(6, SILENT), 120, true))
        .containsExactly(
            "OBJECT                                     STATE     REASON       SINCE  MESSAGE",
            "shop/search                                Degraded  NodeUnknown  2m    "
                + " cause ◄ is pool data › search-data-a-000000 ›",
            "│                                                                        node"
                + " node-a-1",
            "├─ conditions                              8 ok                         "
                + " Accepted Available ZonesSatisfied StorageReady",
            "│  │                                                                    "
                + " UpToDate StoreReachable Progressing",
            "│  │                                                                    "
                + " DeletionBlocked",
            "│  └─ Ready                                False     NodeUnknown  2m     Node"
                + " node-a-1 does not answer.",
            "└─ pool data                               5/6 ok",
            "   ├─ search-data-a-000000                 Lost      NodeUnknown         A"
                + " node does not answer, so nobody knows whether",
            "   │  │                                                                  its"
                + " member still runs.",
            "   │  ├─ node node-a-1                                                   ◄ cause",
            "   │  └─ volume data-search-data-a-000000",
            "   └─ zones a, b, c: 5 members             Active");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120, 200})
  @Tag("UX-7")
  void noMessageIsCutAndNoLineOfTheTreeIsBroken(int width) {
    var long900 = "Word%d ".repeat(150).formatted(numbers()).substring(0, 900).strip();
    var three = "First line.\nSecond line.\nThird line.";
    for (String message : List.of(long900, three, "x".repeat(1023))) {
      for (boolean unicode : List.of(true, false)) {
        var lines = lines(Fixtures.withSilentNode(12, message), width, unicode);

        assertThat(words(lines)).containsSubsequence(message.split("\\s+"));
        unbroken(lines, unicode ? "│├" : "|", unicode ? "│├└" : "|`");
      }
    }
    assertThat(lines(Fixtures.withSilentNode(12, three), 120, true))
        .anyMatch(line -> line.endsWith("  Second line."));
  }

  @Test
  void saysThatNobodyHasLooked() {
    assertThat(lines(Fixtures.unseen(), 120, true).get(1))
        .contains("shop/search", "Unseen", "no operator has reported on it yet");
  }

  @Test
  void showsMembersOneByOneWhenAsked() {
    var description = new Trees(Fixtures.fine(12), false, true).describe();

    assertThat(description.tree().children().get(0).children()).hasSize(11);
    assertThat(description.tree().children().get(1).children()).hasSize(12);
    assertThat(description.cause()).isEmpty();
  }

  /// Below each line of the tree that goes on, it does go on.
  private static void unbroken(List<String> lines, String goesOn, String continues) {
    for (int row = 1; row + 1 < lines.size(); row++) {
      var line = lines.get(row);
      var next = lines.get(row + 1);
      for (int column = 0; column < line.length() && isTree(line, column); column++) {
        if (goesOn.indexOf(line.charAt(column)) >= 0) {
          assertThat(next.length()).as(next).isGreaterThan(column);
          assertThat(continues).as(line + "\n" + next).contains("" + next.charAt(column));
        }
      }
    }
  }

  private static boolean isTree(String line, int column) {
    return line.substring(0, column + 1).matches("[│├└─|`\\- ]+");
  }

  private static Object[] numbers() {
    return Stream.iterate(100, number -> number + 1).limit(150).toArray();
  }

  private static List<String> words(List<String> lines) {
    return lines.stream()
        .flatMap(line -> Stream.of(line.split("\\s+")))
        .filter(word -> !word.matches("[│├└─|`-]*"))
        .toList();
  }

  private static List<String> lines(DatabaseCluster cluster, int width, boolean unicode) {
    return new Trees(cluster, true, false)
        .describe()
        .text(new Screen(unicode, width, "flotilla", Fixtures.NOW));
  }
}
