package dev.flotilla.chaos.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// A manifest with one mistake in it.
///
/// @param name what was done to which field
/// @param before what was stored first; empty if the mistake is in the first version already
/// @param manifest with the mistake
/// @param places where the answer may say that something is wrong, as the API server writes fields
record Mistake(String name, Optional<JsonNode> before, JsonNode manifest, List<String> places) {

  Mistake {
    places = List.copyOf(places);
  }

  @Override
  public String toString() {
    return name;
  }
}
