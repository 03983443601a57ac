package dev.flotilla.operator.core.retention;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// What a volume claim says of how long it is kept once no member uses it.
///
/// Source: D2 in docs/requirements.md;
/// docs/adr/0029-deletion-is-confirmed-and-volumes-outlive-it.md
///
/// @param mark the operator's, from its annotation `flotilla.dev/retained-until`; empty if it has
///   none
/// @param word a person's, from its annotation `flotilla.dev/retain`: `forever` or a time; it
///   counts before the operator's
public record Retention(Optional<String> mark, Optional<String> word) {

  /// Nobody has said anything.
  public static final Retention UNSAID = new Retention(Optional.empty(), Optional.empty());

  /// The moment from which the volume may be deleted; empty for never. What cannot be read is no
  /// permission.
  public Optional<Instant> until() {
    return word.isPresent() ? time(word.get()) : marked();
  }

  /// The operator's word alone.
  public Optional<Instant> marked() {
    return mark.flatMap(Retention::time);
  }

  /// The same with another word of the operator's.
  public Retention marked(Optional<Instant> until) {
    return new Retention(until.map(Instant::toString), word);
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
