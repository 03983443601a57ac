package dev.flotilla.chaos.lab.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// An image laid out on disk, ready to be written.
///
/// @param config how its containers start
/// @param layers folders whose contents, one over the other, are the image's root; what changes
///   seldom comes first
public record ImageLayout(ImageConfig config, List<Path> layers) {
  /// Checks and copies.
  public ImageLayout {
    Objects.requireNonNull(config);
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("an image needs a layer");
    }
  }
}
