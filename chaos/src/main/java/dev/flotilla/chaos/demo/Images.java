package dev.flotilla.chaos.demo;

import dev.flotilla.chaos.lab.LabFailure;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.Warehouse;
import dev.flotilla.chaos.lab.image.BuiltImage;
import dev.flotilla.chaos.lab.image.ElasticsearchImage;
import dev.flotilla.chaos.lab.image.ImageFailure;
import dev.flotilla.chaos.lab.image.ImageRecipe;
import dev.flotilla.chaos.lab.image.ImageShelf;
import dev.flotilla.chaos.lab.image.OperatorImage;
import dev.flotilla.chaos.lab.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/// The images of the operator and of the members, made on this machine where they are not yet in
/// the cache. A cluster that starts afterwards loads them into every node.
final class Images {

  private final Places places;
  private final ImageShelf shelf;
  private final Warehouse warehouse;

  Images(Places places, Map<String, String> environment) {
    this.places = places;
    shelf = new ImageShelf(places.images());
    warehouse = new Warehouse(places, environment);
  }

  /// The operator, from the classes in this checkout.
  BuiltImage operator(Progress.Phase phase) {
    return get(new OperatorImage(places.home(), places.cache()), phase);
  }

  /// A member's engine.
  BuiltImage engine(String version, Progress.Phase phase) {
    Path busybox = warehouse.packages(phase).resolve("bin/busybox");
    Path sources = places.scripts().resolve("images/elasticsearch");
    return get(new ElasticsearchImage(version, sources, busybox), phase);
  }

  private BuiltImage get(ImageRecipe recipe, Progress.Phase phase) {
    phase.detail(recipe.reference());
    try {
      return shelf.get(recipe);
    } catch (ImageFailure e) {
      throw new LabFailure(
          recipe.reference() + " cannot be made: " + e.getMessage(),
          "./flotilla demo   (goes on where it stopped)",
          shelf.log(recipe));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
