/// The only part with effects: observe, execute, take over, share budgets.
///
/// May import: `java.*`, JSpecify, SLF4J, `topology`, `operator.core`, `operator.port`.
@NullMarked
package dev.flotilla.operator.shell;

import org.jspecify.annotations.NullMarked;
