package dev.flotilla.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The program that judges histories is tested where it is written.
@Tag("control-plane")
class OrderFinderTest {

  @Test
  void itTellsRightHistoriesFromWrongOnes() throws Exception {
    var process =
        new ProcessBuilder("go", "test", "./...")
            .directory(Path.of("lab", "programs", "histories").toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }
}
