package dev.flotilla.operator.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

  private static final Optional<String> SIZE = Optional.of("50 132\n");

  @Test
  void aTerminalIsDrawnOnInItsWidth() {
    assertThat(Terminal.of(Map.of("TERM", "xterm"), SIZE, StandardCharsets.UTF_8))
        .isEqualTo(new Terminal(true, true, true, 132));
  }

  @Test
  void whoStartsTheProgramSaysWhatEachStreamIs() {
    var environment = Map.of("FLOTILLA_STDOUT", "50 132", "FLOTILLA_STDERR", "");

    assertThat(Terminal.ofStandardOutput(environment).drawing()).isTrue();
    assertThat(Terminal.ofStandardOutput(environment).width()).isEqualTo(132);
    assertThat(Terminal.ofStandardError(environment).drawing()).isFalse();
  }

  @Test
  void aPipeIsNot() {
    assertThat(Terminal.of(Map.of("TERM", "xterm"), Optional.empty(), StandardCharsets.UTF_8))
        .isEqualTo(new Terminal(false, false, true, 120));
  }

  @ParameterizedTest
  @CsvSource({"NO_COLOR,1", "CI,true", "TERM,dumb"})
  void norIsATerminalThatSaysSo(String name, String value) {
    assertThat(Terminal.of(Map.of(name, value), SIZE, StandardCharsets.UTF_8))
        .isEqualTo(new Terminal(false, false, true, 132));
  }

  @Test
  void anEmptyVariableIsNotSet() {
    assertThat(Terminal.of(Map.of("NO_COLOR", ""), SIZE, StandardCharsets.UTF_8).colour()).isTrue();
  }

  @Test
  void anotherAlphabetGetsAscii() {
    assertThat(Terminal.of(Map.of(), SIZE, StandardCharsets.US_ASCII).unicode()).isFalse();
  }

  @Test
  void optionsWin() {
    var pipe = Terminal.of(Map.of(), Optional.empty(), StandardCharsets.UTF_8);
    var terminal = Terminal.of(Map.of(), SIZE, StandardCharsets.UTF_8);

    assertThat(pipe.with(Terminal.Colour.always, true))
        .isEqualTo(new Terminal(false, true, false, 120));
    assertThat(terminal.with(Terminal.Colour.never, false).colour()).isFalse();
    assertThat(terminal.with(Terminal.Colour.auto, false)).isEqualTo(terminal);
  }

  @Test
  void onlyTheMarkAtTheStartIsColoured() {
    assertThat(Mark.paint("✗ NodeUnknown: it is ✗"))
        .isEqualTo("\u001b[31m✗\u001b[0m NodeUnknown: it is ✗");
    assertThat(Mark.paint(" 1 +  create")).isEqualTo(" 1 \u001b[32m+\u001b[0m  create");
    assertThat(Mark.paint("okay")).isEqualTo("okay");
  }
}
