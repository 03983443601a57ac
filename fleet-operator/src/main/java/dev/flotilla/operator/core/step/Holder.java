package dev.flotilla.operator.core.step;

import dev.flotilla.crds.condition.Reason;
import java.util.List;

/// What can hold something back: a gate, or a rule that knows what must not be done.
///
/// Source: UX-5, UX-19 in docs/requirements.md.
public interface Holder {

  /// Its name in plans, holds and documentation.
  default String name() {
    return getClass().getSimpleName();
  }

  /// One sentence that says what it is for.
  String meaning();

  /// The reasons of its holds, and no other; empty if it never holds anything.
  List<Reason> reasons();
}
