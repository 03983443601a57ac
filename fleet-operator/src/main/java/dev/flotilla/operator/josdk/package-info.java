/// Informers, the queue per key and timed wake-ups, by the Java Operator SDK.
///
/// May import: JOSDK, fabric8, `crds`, `topology`, `operator.core`, `operator.port`,
/// `operator.shell`; no other adapter.
@NullMarked
package dev.flotilla.operator.josdk;

import org.jspecify.annotations.NullMarked;
