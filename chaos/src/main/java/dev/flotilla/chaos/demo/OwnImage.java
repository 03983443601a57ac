package dev.flotilla.chaos.demo;

import dev.flotilla.chaos.lab.LabFailure;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.image.BuiltImage;
import dev.flotilla.chaos.lab.image.ImageFailure;
import dev.flotilla.chaos.lab.image.ImageRecipe;
import dev.flotilla.chaos.lab.image.ImageShelf;
import dev.flotilla.chaos.lab.image.OperatorImage;
import dev.flotilla.chaos.lab.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The operator's image, made from the classes in this checkout where it is not yet in the cache. A
/// cluster that starts afterwards loads it into every node, as everything else in the cache.
final class OwnImage {

  private final Places places;

  OwnImage(Places places) {
    this.places = places;
  }

  /// The image, from the cache or newly made.
  BuiltImage get(Progress.Phase phase) {
    ImageShelf shelf = new ImageShelf(places.images());
    ImageRecipe recipe = new OperatorImage(places.home(), places.cache());
    phase.detail(recipe.reference());
    try {
      return shelf.get(recipe);
    } catch (ImageFailure e) {
      throw new LabFailure(
          recipe.reference() + " cannot be made: " + e.getMessage(),
          "./build quick, then ./flotilla demo",
          shelf.log(recipe));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
