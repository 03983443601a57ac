/// The imperative shell: observes, lets the pure core plan, carries the plan out, reports.
///
/// The only place with effects, and the only caller of write ports. No lock is held while anything
/// is waited for. May import: `java.*`, JSpecify, `crds.condition`, `topology`, `operator.core`,
/// `operator.port`.
@NullMarked
package dev.flotilla.operator.shell;

import org.jspecify.annotations.NullMarked;
