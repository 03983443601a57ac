/// Records into Kubernetes objects, and nothing else: the same record gives the same object.
///
/// May import: `java.*`, fabric8's model, `crds`, `topology`, `operator.core`, `operator.port`.
@NullMarked
package dev.flotilla.operator.kube.render;

import org.jspecify.annotations.NullMarked;
