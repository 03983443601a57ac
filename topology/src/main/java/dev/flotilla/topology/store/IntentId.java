package dev.flotilla.topology.store;

import java.util.regex.Pattern;

/// Names one transaction for ever, so that one whose answer was lost can be told from one that was
/// never carried out.
///
/// @param value 1 to 64 letters, digits and `-`; never used for a second transaction
public record IntentId(String value) {

  private static final Pattern FORM = Pattern.compile("[-A-Za-z0-9]{1,64}");

  public IntentId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an intent's id has 1 to 64 letters, digits and '-', was \"%s\"".formatted(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
