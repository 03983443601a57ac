/// What the API server's watches have shown, kept as records.
///
/// May import: `java.*`, SLF4J, fabric8, `crds`, `topology`, `operator.core`, `operator.port`,
/// `kube.read`, `kube.render`, and `kube` for [dev.flotilla.operator.kube.Sight].
@NullMarked
package dev.flotilla.operator.kube.watch;

import org.jspecify.annotations.NullMarked;
