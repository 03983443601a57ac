package dev.flotilla.chaos.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.cli.Main;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Healing HEALING =
      new Healing(
          "search-data-a-abc234",
          "node-a-1",
          "node-a-2",
          "u-1",
          Duration.ofMillis(1_800),
          Duration.ofSeconds(21),
          117_791);

  private static final Report REPORT =
      new Report(
          "shop/search",
          117_791,
          HEALING,
          Duration.ofSeconds(15),
          HEALING,
          List.of(
              new Report.Member(
                  "search-data-a-abc234",
                  "a",
                  "node-a-1",
                  "data-search-data-a-abc234",
                  "Active",
                  78_527),
              new Report.Member(
                  "search-data-b-xyz789",
                  "b",
                  "node-b-2",
                  "data-search-data-b-xyz789",
                  "Active",
                  0)));

  @Test
  void alignsTheTable() {
    assertThat(REPORT.table())
        .containsExactly(
            "MEMBER                ZONE  NODE      VOLUME                     STATE   DOCUMENTS",
            "search-data-a-abc234  a     node-a-1  data-search-data-a-abc234  Active     78,527",
            "search-data-b-xyz789  b     node-b-2  data-search-data-b-xyz789  Active          0");
  }

  @Test
  void namesThreeCommandsThatTheCommandLineTakes() {
    assertThat(REPORT.commands()).hasSize(3);
    assertThat(REPORT.commands())
        .allSatisfy(command -> {
          assertThat(command).startsWith("./flotilla ");
          var arguments = command.substring("./flotilla ".length()).split(" ");
          assertThat(Main.commandLine(Main.surroundings()).parseArgs(arguments).errors()).isEmpty();
        });
  }
}
