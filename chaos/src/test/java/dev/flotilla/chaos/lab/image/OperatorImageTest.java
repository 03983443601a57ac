package dev.flotilla.chaos.lab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the operator's image depends on.
class OperatorImageTest {

  @TempDir private Path folder;
  private Path checkout;

  @BeforeEach
  void compiledModules() throws IOException {
    checkout = folder.resolve("checkout");
    write("checkout/fleet-operator/target/classes/Main.class", "main");
    write("checkout/crds/target/classes/Kind.class", "kind");
    Path library = write("libraries/library-1.jar", "library");
    Path packed = checkout.resolve("crds/target/crds-1.jar");
    write("checkout/fleet-operator/target/classpath", packed + ":" + library + "\n");
  }

  @Test
  void changedClassesOrLibrariesMakeAnotherImage() throws IOException {
    String before = image().stamp();
    assertThat(image().stamp()).isEqualTo(before);

    write("checkout/crds/target/classes/Kind.class", "changed kind");
    String after = image().stamp();
    assertThat(after).isNotEqualTo(before);

    write("libraries/library-1.jar", "changed library");
    assertThat(image().stamp()).isNotEqualTo(after);
  }

  @Test
  void aCheckoutThatWasNotBuiltIsRefusedWithAReason() throws IOException {
    Files.delete(checkout.resolve("fleet-operator/target/classpath"));

    assertThatExceptionOfType(ImageFailure.class)
        .isThrownBy(() -> image().stamp())
        .withMessageContaining("fleet-operator is not built");
  }

  @Test
  void jarsOfTheSameClassesAreEqual() throws IOException {
    Path classes = checkout.resolve("crds/target/classes");
    ClassJar.write(classes, folder.resolve("1.jar"), Map.of("Agent-Class", "Kind"));
    Files.setLastModifiedTime(classes.resolve("Kind.class"), FileTime.fromMillis(0));
    ClassJar.write(classes, folder.resolve("2.jar"), Map.of("Agent-Class", "Kind"));

    assertThat(folder.resolve("2.jar")).hasSameBinaryContentAs(folder.resolve("1.jar"));
  }

  private OperatorImage image() {
    return new OperatorImage(checkout, folder.resolve("cache"));
  }

  private Path write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
