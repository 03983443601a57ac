/// The queue per key, timed wake-ups and the finalizer, by the Java Operator SDK.
///
/// May import: JOSDK, fabric8, `crds`, `topology`, `operator.core`, `operator.port`,
/// `operator.shell`; no other adapter.
@NullMarked
package dev.flotilla.operator.josdk;

import org.jspecify.annotations.NullMarked;
