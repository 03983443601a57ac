package dev.flotilla.chaos.lab.image;

import dev.flotilla.chaos.lab.folder.Clearing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The finished images, one archive each, in a folder outside the checkout. An image is made only
/// if its recipe's stamp differs from that of the archive that is there. It is made beside and
/// renamed into place, so that a reader never sees half of one, and two processes never make the
/// same one at once.
///
/// Beside `NAME.tar` lie `NAME.digest` (the digest, then the stamp's) and `NAME.log`.
///
/// @param folder where the archives lie; made if it is not there
public record ImageShelf(Path folder) {
  /// Checks that there is a folder.
  public ImageShelf {
    Objects.requireNonNull(folder);
  }

  /// The image of a recipe, from the shelf or newly made.
  ///
  /// @throws ImageFailure if it cannot be made here
  public BuiltImage get(ImageRecipe recipe) throws IOException {
    String stamp = Digests.of(recipe.stamp());
    Files.createDirectories(folder);
    try (FileChannel channel = open(file(recipe.reference(), ".lock"));
        FileLock lock = channel.lock()) {
      Objects.requireNonNull(lock);
      Optional<BuiltImage> there = find(recipe.reference(), stamp);
      return there.isPresent() ? there.get() : make(recipe, stamp);
    }
  }

  /// Whether [#get] would find the image finished and so return at once.
  public boolean has(ImageRecipe recipe) throws IOException {
    return find(recipe.reference(), Digests.of(recipe.stamp())).isPresent();
  }

  /// Where the tools that make an image write what they have to say.
  public Path log(ImageRecipe recipe) {
    return file(recipe.reference(), ".log");
  }

  private Optional<BuiltImage> find(String reference, String stamp) throws IOException {
    Path archive = file(reference, ".tar");
    Path label = file(reference, ".digest");
    if (!Files.exists(archive) || !Files.exists(label)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(label);
    return lines.size() == 2 && lines.get(1).equals(stamp)
        ? Optional.of(new BuiltImage(reference, archive, lines.get(0)))
        : Optional.empty();
  }

  private BuiltImage make(ImageRecipe recipe, String stamp) throws IOException {
    String reference = recipe.reference();
    Path scratch = file(reference, ".scratch");
    Path part = file(reference, ".part");
    Path label = file(reference, ".digest");
    Clearing.delete(scratch);
    Files.createDirectories(scratch);
    Files.deleteIfExists(label);
    Files.deleteIfExists(log(recipe));
    String digest = OciArchive.write(part, reference, recipe.lay(scratch, log(recipe)));
    Path archive = file(reference, ".tar");
    Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    Files.writeString(label, digest + "\n" + stamp + "\n");
    Clearing.delete(scratch);
    return new BuiltImage(reference, archive, digest);
  }

  private Path file(String reference, String ending) {
    String name = reference.substring(reference.lastIndexOf('/') + 1).replace(':', '-');
    return folder.resolve(name + ending);
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
