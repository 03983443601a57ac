/// The Kubernetes API behind the ports, by fabric8.
///
/// May import: fabric8, `crds`, `topology`, `operator.core`, `operator.port`; no other adapter.
@NullMarked
package dev.flotilla.operator.kube;

import org.jspecify.annotations.NullMarked;
