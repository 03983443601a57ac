package dev.flotilla.operator.cli.call;

import dev.flotilla.operator.cli.output.Exit;
import java.util.List;

/// A command that says how it may end, for its `--help`.
///
/// Source: UX-15 in docs/requirements.md.
public interface Ends {

  /// Every way in which it may end, and no other.
  List<Exit> exits();
}
