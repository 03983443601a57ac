package dev.flotilla.chaos.lab.image;

import java.io.IOException;
import java.nio.file.Path;

/// How one image is made.
public interface ImageRecipe {
  /// Name and tag of the image.
  String reference();

  /// Everything that the image's bytes depend on, as text in any form. An archive in the cache is
  /// used again as long as this stays the same.
  String stamp() throws IOException;

  /// Lays the files out below `scratch`, an empty folder of its own that is deleted afterwards.
  /// What the tools on the way print goes to `log`.
  ///
  /// @throws ImageFailure if a tool fails; its message says which and how
  ImageLayout lay(Path scratch, Path log) throws IOException;
}
