package dev.flotilla.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptsTest {

  @TempDir Path folder;

  @Test
  void theAnswerIsTheLastLineAndProgressIsKeptApart() throws IOException {
    script("echo first; echo '@ 3 9 packages'; echo last");
    List<String> progress = new ArrayList<>();

    String answer = run(Duration.ofSeconds(20), progress);

    assertThat(answer).isEqualTo("last");
    assertThat(progress).containsExactly("3 9 packages");
    assertThat(Files.readString(log())).contains("first\nlast\n").doesNotContain("@ 3");
  }

  @Test
  void aFailureNamesTheScriptItsLastWordsAndItsLog() throws IOException {
    script("echo the disk is full >&2; exit 4");

    assertThatThrownBy(() -> run(Duration.ofSeconds(20), new ArrayList<>()))
        .asInstanceOf(type(LabFailure.class))
        .satisfies(failure -> {
          assertThat(failure).hasMessage("it.sh one failed: the disk is full");
          assertThat(failure.log()).hasValue(log());
        });
  }

  @Test
  void aScriptThatNeverEndsIsEndedWithItsChildren() throws IOException {
    script("sleep 600; echo woke");

    assertThatThrownBy(() -> run(Duration.ofMillis(300), new ArrayList<>()))
        .isInstanceOf(LabFailure.class)
        .hasMessageContaining("did not end within");
  }

  private String run(Duration deadline, List<String> progress) {
    return new Scripts(folder).run(new Scripts.Run(log(), deadline, progress::add), "it.sh", "one");
  }

  private Path log() {
    return folder.resolve("log/it.log");
  }

  private void script(String body) throws IOException {
    Path file = folder.resolve("it.sh");
    Files.writeString(file, "#!/bin/bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
