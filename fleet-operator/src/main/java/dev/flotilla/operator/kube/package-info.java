/// The Kubernetes API behind the ports, by fabric8.
///
/// Here are the requests; `render` makes objects of records, `read` records of objects, `watch`
/// keeps what the watches have shown.
///
/// May import: fabric8, `crds`, `topology`, `operator.core`, `operator.port`; no other adapter.
@NullMarked
package dev.flotilla.operator.kube;

import org.jspecify.annotations.NullMarked;
