/// `flotilla store`: how the operators' own store is, and what a person does about it.
///
/// May import: `java.*`, the Kubernetes client, the command line library, `document`,
/// `kube.render.Labels`, `cli.call`, `cli.output`.
@NullMarked
package dev.flotilla.operator.cli.store;

import org.jspecify.annotations.NullMarked;
