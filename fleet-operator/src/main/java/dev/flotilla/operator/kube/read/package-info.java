/// Kubernetes objects into records, and nothing else: whatever an object lacks or garbles becomes a
/// value, never an exception, because one unreadable object would blind the operator to all others.
///
/// May import: `java.*`, fabric8's model, `crds`, `topology`, `operator.core`, `operator.port`,
/// `kube.render` for names.
@NullMarked
package dev.flotilla.operator.kube.read;

import org.jspecify.annotations.NullMarked;
