package dev.flotilla.operator.port;

import dev.flotilla.topology.model.Epoch;
import java.util.regex.Pattern;

/// On whose behalf the engine is asked. It goes with every request, so that the engine's own logs
/// and lists of tasks name the operation.
///
/// @param operation 1 to 64 letters, digits, `.`, `_` and `-`
/// @param step of the operation, of the same form
/// @param epoch of the operator that acts
public record Errand(String operation, String step, Epoch epoch) {

  private static final Pattern FORM = Pattern.compile("[-._A-Za-z0-9]{1,64}");

  public Errand {
    require(operation);
    require(step);
  }

  private static void require(String word) {
    if (!FORM.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "operations and steps have 1 to 64 letters, digits, '.', '_' and '-', was \"%s\""
              .formatted(word));
    }
  }

  @Override
  public String toString() {
    return "flotilla/%s/%s/%s".formatted(operation, step, epoch);
  }
}
