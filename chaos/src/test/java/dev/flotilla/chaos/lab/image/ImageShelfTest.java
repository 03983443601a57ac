package dev.flotilla.chaos.lab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When an image is made, and what is left when making it fails.
class ImageShelfTest {

  @TempDir private Path folder;

  private final AtomicInteger made = new AtomicInteger();

  @Test
  void anImageIsMadeOnceForTheSameStamp() throws IOException {
    ImageShelf shelf = new ImageShelf(folder);

    BuiltImage first = shelf.get(recipe("one"));

    assertThat(shelf.get(recipe("one"))).isEqualTo(first);
    assertThat(shelf.has(recipe("one"))).isTrue();
    assertThat(made).hasValue(1);
    assertThat(first.archive()).isEqualTo(folder.resolve("thing-1.tar")).isRegularFile();
  }

  @Test
  void anotherStampMakesItAnew() throws IOException {
    ImageShelf shelf = new ImageShelf(folder);
    BuiltImage first = shelf.get(recipe("one"));

    BuiltImage second = shelf.get(recipe("two"));

    assertThat(second.digest()).isNotEqualTo(first.digest());
    assertThat(shelf.has(recipe("one"))).isFalse();
    assertThat(made).hasValue(2);
  }

  @Test
  void aFailureLeavesNoImageAndTheNextCallTriesAgain() throws IOException {
    ImageShelf shelf = new ImageShelf(folder);

    assertThatExceptionOfType(ImageFailure.class).isThrownBy(() -> shelf.get(recipe("broken")));

    assertThat(shelf.has(recipe("broken"))).isFalse();
    assertThat(folder.resolve("thing-1.tar")).doesNotExist();
    assertThat(shelf.get(recipe("one")).archive()).exists();
  }

  @Test
  void onlyArchivesAndTheirLabelsStay() throws IOException {
    new ImageShelf(folder).get(recipe("one"));

    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("thing-1.tar", "thing-1.digest", "thing-1.lock");
    }
  }

  private ImageRecipe recipe(String stamp) {
    return new ImageRecipe() {
      @Override
      public String reference() {
        return "flotilla.local/thing:1";
      }

      @Override
      public String stamp() {
        return stamp;
      }

      @Override
      public ImageLayout lay(Path scratch, Path log) throws IOException {
        made.incrementAndGet();
        FileTree tree = FileTree.in(scratch.resolve("root"));
        tree.text("/stamp", stamp);
        if (stamp.equals("broken")) {
          throw new ImageFailure("no such tool");
        }
        return new ImageLayout(ImageConfig.of("1000:0", "/stamp"), List.of(tree.root()));
      }
    };
  }
}
