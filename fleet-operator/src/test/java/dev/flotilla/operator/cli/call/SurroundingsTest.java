package dev.flotilla.operator.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurroundingsTest {

  @ParameterizedTest
  @CsvSource({
    "./flotilla, ./flotilla",
    "/usr/local/bin/flotilla, flotilla",
    "flotilla, flotilla",
    "/home/ann/bin/kubectl-flotilla, kubectl flotilla",
    "kubectl-flotilla, kubectl flotilla"
  })
  void hintsNameTheProgramAsItWasCalled(String calledAs, String program) {
    assertThat(Surroundings.program(calledAs)).isEqualTo(program);
  }
}
