package dev.flotilla.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.cli.output.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What holds for every command, whatever it says.
class PrintingRulesTest {

  private final PlayedApiServer server = new PlayedApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void helpListsTheExitCodesAndTheOptions() {
    var run = new CommandRun(server::config);

    assertThat(run.run("status", "--help")).isZero();
    assertThat(run.out())
        .startsWith("Usage: flotilla status")
        .contains("--request-timeout", "Exit codes:", "  6   not allowed");
  }

  @Test
  void wrongUsageEndsWithTwoAndSaysSoOnStandardError() {
    var run = new CommandRun(server::config);

    assertThat(run.run("status", "--colour")).isEqualTo(2);
    assertThat(run.run("status", "--request-timeout", "soon")).isEqualTo(2);
    assertThat(run.err()).contains("'soon' is not a duration");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aKubeconfigThatIsNotThereIsWrongUsage() {
    var run = new CommandRun(server::config);

    assertThat(run.run("status", "--kubeconfig", "no/such/file")).isEqualTo(2);
    assertThat(run.err()).contains("the kubeconfig no/such/file cannot be read");
  }

  @Test
  void inAnotherAlphabetEveryByteIsAscii() {
    var run = new CommandRun(server::config, Terminal.none());

    run.run("status", "--help");
    assertThat(run.out()).matches("[\\n\\x20-\\x7e]+");
  }
}
