package dev.flotilla.chaos.lab.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// One static program and nothing else.
///
/// @param reference name and tag of the image
/// @param program a statically linked program; containers start it from the root folder
/// @param user who runs it, `UID:GID`
public record ProgramImage(String reference, Path program, String user) implements ImageRecipe {
  /// Checks that there is a program.
  public ProgramImage {
    Objects.requireNonNull(reference);
    Objects.requireNonNull(program);
    Objects.requireNonNull(user);
  }

  @Override
  public String stamp() throws IOException {
    return Digests.of(program) + user + Digests.ofClasses(ProgramImage.class);
  }

  @Override
  public ImageLayout lay(Path scratch, Path log) throws IOException {
    FileTree tree = FileTree.in(scratch.resolve("root"));
    String inside = "/" + program.getFileName();
    tree.file(program, inside, 0755);
    return new ImageLayout(ImageConfig.of(user, inside), List.of(tree.root()));
  }
}
