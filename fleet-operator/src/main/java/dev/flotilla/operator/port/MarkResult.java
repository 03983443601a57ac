package dev.flotilla.operator.port;

import dev.flotilla.operator.core.view.EngineMarks;
import java.time.Instant;

/// What became of an order about marks.
///
/// Source: docs/adr/0003-results-are-values.md
public sealed interface MarkResult {

  /// The engine showed, after the last write, that all is as ordered. True then; anybody may change
  /// it a moment later.
  ///
  /// @param marks as read back
  /// @param acknowledged whether the engine has accepted a write of this very order, which comes
  ///   after every write that it took in before. Always tried where something is to be absent: an
  ///   earlier write whose answer was lost may still come otherwise
  /// @param readAt when they were read back
  record Held(EngineMarks marks, boolean acknowledged, Instant readAt) implements MarkResult {}

  /// Nothing was changed: nobody could be asked, or the engine said no.
  ///
  /// @param why one clause for people
  record Refused(String why) implements MarkResult {}

  /// It may have been changed now, or may be later: read, and order it again.
  ///
  /// @param why one clause for people
  record Unconfirmed(String why) implements MarkResult {}
}
