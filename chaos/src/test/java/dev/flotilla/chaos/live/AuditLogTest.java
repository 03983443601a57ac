package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

  private static final String LINE =
      """
      {"stage": "ResponseComplete", "verb": "get", "userAgent": "somebody",\
       "objectRef": {"resource": "pods", "namespace": "here"}, "responseStatus": {"code": 200}}
      """;

  @TempDir private Path directory;

  @Test
  void aLineThatIsStillBeingWrittenCountsWhenItIsWhole() throws IOException {
    var file = directory.resolve("audit.log");
    int half = LINE.length() / 2;
    Files.writeString(file, LINE + LINE.substring(0, half));
    var log = new AuditLog(file);
    assertThat(log.since(0)).hasSize(1);

    Files.writeString(file, LINE.substring(half), StandardOpenOption.APPEND);
    assertThat(log.since(0)).hasSize(2);
  }

  @Test
  void nothingIsSaidOfAnEmptyFile() throws IOException {
    var file = Files.createFile(directory.resolve("audit.log"));

    assertThat(new AuditLog(file).since(0)).isEmpty();
  }
}
